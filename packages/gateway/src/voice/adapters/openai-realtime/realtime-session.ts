// One session with a realtime model, over its socket: settings, sending, receiving, signs of life.
import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import type { WebSocket } from 'ws';
import type { Log, Timers } from '../../../kit/index.ts';
import type { ModelEvent, ModelSession, ModelSettings, ModelTool } from '../../ports/speech-model.ts';
import { SpeechError } from '../../ports/speech-to-text.ts';
import { appendAudio, createItem, createResponse, sessionBeginning, sessionSettings } from './client-events.ts';
import { createEventTranslator } from './event-translator.ts';
import { readServerEvent, type ServerEvent } from './server-events.ts';

/** A model that doesn't answer a ping before the next one is due is gone. */
const pingIntervalMs = 10_000;
/** Ids of the first `session.update` and of later ones: errors name them. */
const beginningId = 'beginning';
const changeId = 'change';
/** Eight seconds of audio: whoever takes it this slowly doesn't take part in a conversation. */
const maxBufferedBytes = 512 * 1024;

interface RealtimeSessionParts extends ModelSettings {
  instructions: string;
  tools: readonly ModelTool[];
  voice: string;
  timers: Timers;
  log: Log;
  /** The model has taken the settings. Called once. */
  ready(): void;
  happened(event: ModelEvent): void;
}

/** Makes the session of a socket that is still being opened. */
export function createRealtimeSession(socket: WebSocket, parts: RealtimeSessionParts): ModelSession {
  const { log } = parts;
  let settings: ModelSettings = parts;
  /** Settings that were sent and not confirmed yet, in their order. */
  const unconfirmed: ModelSettings[] = [];
  const wishes = new Set<string>();
  let isReady = false;
  let isOver = false;
  let isAlive = true;
  let hadGarbage = false;
  const translator = createEventTranslator({
    silenceMs: () => settings.silenceMs,
    wishes,
  });
  const pings = parts.timers.every(pingIntervalMs, () => {
    if (socket.readyState !== socket.OPEN) return;
    if (!isAlive) {
      lose(new SpeechError('broken', 'the speech model gives no sign of life'));
      return;
    }
    isAlive = false;
    socket.ping();
  });

  function send(event: RealtimeClientEvent): void {
    if (isOver || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxBufferedBytes) {
      lose(new SpeechError('broken', "the speech model doesn't take what it is sent"));
      return;
    }
    socket.send(JSON.stringify(event));
  }

  function end(): void {
    isOver = true;
    pings.cancel();
  }

  function lose(error: SpeechError): void {
    if (isOver) return;
    end();
    socket.terminate();
    parts.happened({ type: 'lost', error });
  }

  function tell(event: ModelEvent): void {
    if (event.type === 'response-began' && event.wishId !== null) wishes.delete(event.wishId);
    if (event.type === 'lost') lose(event.error);
    else if (!isOver) parts.happened(event);
  }

  function take(event: ServerEvent): void {
    if (event.type === 'session.created') {
      send({ type: 'session.update', event_id: beginningId, session: sessionBeginning(parts, settings) });
    } else if (event.type === 'session.updated') {
      confirmed();
    } else if (event.type === 'rate_limits.updated') {
      for (const { name, limit, remaining } of event.rate_limits) {
        if (remaining < limit / 20) log.warn({ name, limit, remaining }, 'A rate limit of the speech model is near');
      }
    } else if (event.type === 'error') {
      const { type, code, event_id: eventId } = event.error;
      log.warn({ type, code }, 'The speech model reported an error');
      if (eventId === changeId) unconfirmed.shift();
      // Without its instructions the model isn't the agent.
      if (eventId === beginningId) lose(new SpeechError('unavailable', "the speech model doesn't take its settings"));
    }
    for (const translated of translator.translate(event)) tell(translated);
  }

  function confirmed(): void {
    if (!isReady) {
      isReady = true;
      parts.ready();
      return;
    }
    const now = unconfirmed.shift();
    if (now) tell({ type: 'configured', answersByItself: now.answersByItself });
  }

  socket.on('message', (data: Buffer, isBinary) => {
    if (isOver) return;
    isAlive = true;
    const event = isBinary ? 'garbage' : readServerEvent(data.toString());
    if (event === 'garbage' && !hadGarbage) {
      hadGarbage = true;
      log.warn({}, "The speech model sends what can't be read");
    }
    if (typeof event === 'object') take(event);
  });
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('error', (cause) => lose(new SpeechError('broken', 'the connection to the speech model broke', { cause })));
  socket.on('close', (code) => lose(new SpeechError('broken', `the speech model closed the connection (${code})`)));

  return {
    append: (pcm) => send(appendAudio(pcm)),
    add: (item) => send(createItem(item)),
    respond(wish) {
      wishes.add(wish.id);
      send(createResponse(wish));
    },
    cancel: (responseId) => send({ type: 'response.cancel', response_id: responseId }),
    truncate(itemId, heardMs) {
      const place = { item_id: itemId, content_index: 0 };
      send({ type: 'conversation.item.truncate', ...place, audio_end_ms: Math.floor(heardMs) });
    },
    configure(next) {
      settings = next;
      unconfirmed.push(next);
      send({ type: 'session.update', event_id: changeId, session: sessionSettings(next) });
    },
    close() {
      if (isOver) return;
      end();
      socket.close(1000);
    },
  };
}
