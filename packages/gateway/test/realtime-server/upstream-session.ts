// One session of the realtime server: takes the documented client events and does what they ask.
import type {
  RealtimeClientEvent,
  RealtimeSessionCreateRequest,
  SessionUpdateEvent,
} from 'openai/resources/realtime/realtime';
import type { WebSocket } from 'ws';
import { createEnergyDetector } from './energy-detector.ts';
import type { ServerScript } from './server-script.ts';
import { createUpstreamResponse, type Unsent, type UpstreamResponse } from './upstream-response.ts';

type Received<Type extends RealtimeClientEvent['type']> = Extract<RealtimeClientEvent, { type: Type }>;

/** What sessions of one server share. */
export interface UpstreamParts {
  script: ServerScript;
  newId: (prefix: string) => string;
  /** Numbers of what happens, over all sessions. */
  nextReply(): number;
  nextUtterance(): number;
}

/** A session as tests see it. */
export interface UpstreamSession {
  /** Everything that came, but audio. */
  readonly received: readonly RealtimeClientEvent[];
  /** All audio that came, ms. */
  readonly heardMs: number;
  readonly settings: RealtimeSessionCreateRequest;
  /** The newest audio that came. */
  readonly lastAudio: Int16Array;
  /** What was wrong so far, in words. */
  readonly errors: readonly string[];
  /** Of all responses so far. */
  readonly responseIds: readonly string[];
  /** The next event of a type that no test has taken yet. */
  next<Type extends RealtimeClientEvent['type']>(type: Type): Promise<Received<Type>>;
  /** The caller is heard to begin, and to end; by itself this follows from loud audio. */
  callerBegins(): void;
  callerEnds(): void;
  /** Recognition of the last utterance is through at last. */
  recognised(text: string): void;
  /** Goes on with a response that stopped. */
  goOn(): void;
  send(event: Unsent): void;
  sendText(text: string): void;
  fail(code: string): void;
  close(): void;
  readonly closed: Promise<void>;
  /** Resolves when both sides have seen what the other had sent before, and what followed from it. */
  inStep(): Promise<void>;
}

/** Answers a socket. */
export function createUpstreamSession(socket: WebSocket, parts: UpstreamParts): UpstreamSession {
  const { script } = parts;
  const received: RealtimeClientEvent[] = [];
  const taken = new Set<RealtimeClientEvent>();
  const waiting = new Set<() => void>();
  const detector = createEnergyDetector();
  /** Audio of every message the server has made, ms. */
  const audioOfItems = new Map<string, UpstreamResponse>();
  let settings: RealtimeSessionCreateRequest = { type: 'realtime' };
  let response: UpstreamResponse | undefined;
  let utteranceId = '';
  const responseIds: string[] = [];
  const errors: string[] = [];
  let lastAudio = new Int16Array();

  function send(event: Unsent): void {
    const named = { event_id: parts.newId('event'), ...event };
    sendText(JSON.stringify(script.oldNames ? { ...named, type: oldName(event.type) } : named));
  }
  function sendText(text: string): void {
    if (socket.readyState === socket.OPEN) socket.send(text);
  }
  function fail(code: string, message: string = code, eventId: string | null = null): void {
    errors.push(message);
    send({ type: 'error', error: { type: 'invalid_request_error', code, message, param: null, event_id: eventId } });
  }

  function respond({ byItself, instructions = '', metadata = null }: Begun): void {
    const reply = script.reply({ index: parts.nextReply(), byItself, instructions });
    const id = parts.newId('resp');
    const itemId = parts.newId('item');
    responseIds.push(id);
    response = createUpstreamResponse({
      id,
      itemId,
      metadata,
      reply,
      newId: parts.newId,
      send,
      close: () => socket.terminate(),
    });
    audioOfItems.set(itemId, response);
    response.goOn();
  }

  function update({ session }: SessionUpdateEvent): void {
    if (session.type !== 'realtime') return;
    const audio = { ...settings.audio, input: { ...settings.audio?.input, ...session.audio?.input } };
    settings = { ...settings, ...session, audio: { ...session.audio, ...audio } };
    send({ type: 'session.updated', session: settings });
  }

  function truncate({ item_id, content_index, audio_end_ms }: Received<'conversation.item.truncate'>): void {
    const item = audioOfItems.get(item_id);
    if (!item || item.sentMs === 0) return fail('invalid_value', 'Only model output audio messages can be truncated');
    if (audio_end_ms > item.sentMs) {
      return fail('invalid_value', `Audio content of ${item.sentMs}ms is already shorter than ${audio_end_ms}ms`);
    }
    send({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms });
  }

  function create(event: Received<'response.create'>): void {
    if (response && !response.isOver) {
      fail('conversation_already_has_active_response', 'Conversation already has an active response', event.event_id);
      return;
    }
    const { instructions, metadata } = event.response ?? {};
    respond({ byItself: false, instructions, metadata });
  }

  function callerBegins(): void {
    utteranceId = parts.newId('item');
    const startMs = Math.max(0, Math.round(detector.heardMs) - 300);
    send({ type: 'input_audio_buffer.speech_started', audio_start_ms: startMs, item_id: utteranceId });
    if (detection()?.interrupt_response && response && !response.isOver) response.cancel('turn_detected');
  }

  function callerEnds(): void {
    const audio_end_ms = Math.round(detector.heardMs);
    send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms, item_id: utteranceId });
    send({ type: 'input_audio_buffer.committed', item_id: utteranceId, previous_item_id: null });
    const words = script.recognise(parts.nextUtterance());
    if (words === 'fails') {
      const error = { code: 'audio_unintelligible', message: 'The audio could not be transcribed.' };
      const type = 'conversation.item.input_audio_transcription.failed';
      send({ type, item_id: utteranceId, content_index: 0, error });
    } else if (words !== 'waits') recognised(words.text);
    const isBusy = response && !response.isOver;
    if (detection()?.create_response && !isBusy) respond({ byItself: true });
  }

  function recognised(transcript: string): void {
    const type = 'conversation.item.input_audio_transcription.completed';
    const usage = { type: 'duration' as const, seconds: 1 };
    send({ type, item_id: utteranceId, content_index: 0, transcript, usage });
  }

  function detection() {
    const found = settings.audio?.input?.turn_detection;
    return found?.type === 'server_vad' ? found : undefined;
  }

  function take(event: RealtimeClientEvent): void {
    switch (event.type) {
      case 'session.update':
        return update(event);
      case 'input_audio_buffer.append': {
        const bytes = Buffer.from(event.audio, 'base64');
        const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
        lastAudio = pcm;
        const change = detector.hear(pcm, detection()?.silence_duration_ms ?? 500);
        if (change === 'began') callerBegins();
        if (change === 'ended') callerEnds();
        return undefined;
      }
      case 'conversation.item.create':
        return send({
          type: 'conversation.item.added',
          item: { ...event.item, id: parts.newId('item') },
          previous_item_id: null,
        });
      case 'conversation.item.truncate':
        return truncate(event);
      case 'response.create':
        return create(event);
      case 'response.cancel':
        if (response && !response.isOver) return response.cancel('client_cancelled');
        return fail('response_cancel_not_active');
      default:
        return fail('unknown_event', `unsupported here: ${event.type}`);
    }
  }

  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as RealtimeClientEvent;
    if (event.type !== 'input_audio_buffer.append') received.push(event);
    take(event);
    for (const look of waiting) look();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  send({ type: 'session.created', session: settings });

  return {
    received,
    get heardMs() {
      return detector.heardMs;
    },
    get settings() {
      return settings;
    },
    get lastAudio() {
      return lastAudio;
    },
    errors,
    responseIds,
    next<Type extends RealtimeClientEvent['type']>(type: Type) {
      return new Promise<Received<Type>>((resolve) => {
        const look = (): void => {
          const found = received.find((event): event is Received<Type> => event.type === type && !taken.has(event));
          if (!found) return;
          taken.add(found);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    callerBegins,
    callerEnds,
    recognised,
    goOn: () => response?.goOn(),
    send,
    sendText,
    fail,
    close: () => socket.terminate(),
    closed,
    async inStep() {
      for (let trip = 0; trip < 2; trip++) {
        if (socket.readyState !== socket.OPEN) return;
        const pong = new Promise<void>((resolve) => socket.once('pong', () => resolve()));
        socket.ping();
        await Promise.race([pong, closed]);
      }
    },
  };
}

interface Begun {
  byItself: boolean;
  instructions?: string | undefined;
  metadata?: Record<string, string> | null | undefined;
}

function oldName(type: string): string {
  if (type === 'conversation.item.added') return 'conversation.item.created';
  return type.replace('response.output_audio', 'response.audio');
}
