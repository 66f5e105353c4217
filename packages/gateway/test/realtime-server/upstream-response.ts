// One response of the realtime server, as its documented events.
import type {
  ConversationItem,
  RealtimeConversationItemFunctionCall,
  RealtimeResponse,
  RealtimeServerEvent,
} from 'openai/resources/realtime/realtime';
import type { Reply } from './server-script.ts';

type WithoutId<Event> = Event extends unknown ? Omit<Event, 'event_id'> : never;

/** An event before it has its id. */
export type Unsent = WithoutId<RealtimeServerEvent>;

const deltaMs = 100;
const msPerCharacter = 60;

interface ResponseParts {
  id: string;
  itemId: string;
  metadata: Record<string, string> | null;
  reply: Reply;
  newId: (prefix: string) => string;
  send: (event: Unsent) => void;
  /** The reply wants the connection closed in its middle. */
  close(): void;
}

/** A response under way. */
export interface UpstreamResponse {
  readonly itemId: string;
  /** Audio sent so far, ms. */
  readonly sentMs: number;
  readonly isOver: boolean;
  /** Makes the response, as far as the reply goes; again after a stop. */
  goOn(): void;
  cancel(reason: 'turn_detected' | 'client_cancelled'): void;
}

/** Begins a response. */
export function createUpstreamResponse(parts: ResponseParts): UpstreamResponse {
  const { id, itemId, metadata, reply, send } = parts;
  const { text = '', audioMs = text.length * msPerCharacter, calls = [], stop, fails } = reply;
  const place = { response_id: id, item_id: itemId, output_index: 0, content_index: 0 };
  const output: ConversationItem[] = [];
  let sentMs = 0;
  let sentText = 0;
  let hasStopped = false;
  let isOver = false;

  function over(status: NonNullable<RealtimeResponse['status']>, details?: RealtimeResponse['status_details']): void {
    isOver = true;
    send({
      type: 'response.done',
      response: { id, status, output, metadata, ...(details && { status_details: details }) },
    });
    const limits = [{ name: 'tokens' as const, limit: 40_000, remaining: 39_000, reset_seconds: 1 }];
    send({ type: 'rate_limits.updated', rate_limits: limits });
  }

  function begin(): void {
    send({ type: 'response.created', response: { id, status: 'in_progress', output: [], metadata } });
    if (text === '') return;
    const item = message('in_progress');
    send({ type: 'response.output_item.added', response_id: id, output_index: 0, item });
    send({ type: 'conversation.item.added', item, previous_item_id: null });
    send({ type: 'response.content_part.added', ...place, part: { type: 'audio', transcript: '' } });
  }

  function speak(untilMs: number): void {
    while (sentMs < untilMs) {
      const ms = Math.min(deltaMs, untilMs - sentMs);
      sentMs += ms;
      const spelled = Math.ceil((text.length * sentMs) / audioMs);
      send({ type: 'response.output_audio_transcript.delta', ...place, delta: text.slice(sentText, spelled) });
      send({ type: 'response.output_audio.delta', ...place, delta: tone(ms) });
      sentText = spelled;
    }
  }

  function endMessage(status: 'completed' | 'incomplete'): void {
    if (text === '') return;
    send({ type: 'response.output_audio.done', ...place });
    send({ type: 'response.output_audio_transcript.done', ...place, transcript: text.slice(0, sentText) });
    const item = message(status);
    output.push(item);
    send({ type: 'response.output_item.done', response_id: id, output_index: 0, item });
  }

  function call(name: string, args: unknown): void {
    const item: RealtimeConversationItemFunctionCall = {
      id: parts.newId('item'),
      type: 'function_call',
      call_id: parts.newId('call'),
      name,
      arguments: JSON.stringify(args),
    };
    endCall(item, 'completed');
  }

  function endCall(item: RealtimeConversationItemFunctionCall, status: 'completed' | 'incomplete'): void {
    const { id: callItemId = '', call_id = '', name, arguments: args } = item;
    const ended = { ...item, status };
    output.push(ended);
    const callPlace = { response_id: id, item_id: callItemId, output_index: output.length - 1 };
    send({ type: 'response.function_call_arguments.done', ...callPlace, call_id, name, arguments: args });
    send({ type: 'response.output_item.done', response_id: id, output_index: output.length - 1, item: ended });
  }

  function message(status: 'in_progress' | 'completed' | 'incomplete'): ConversationItem {
    const content = [{ type: 'output_audio' as const, transcript: text.slice(0, sentText) }];
    return { id: itemId, type: 'message', role: 'assistant', status, content };
  }

  return {
    itemId,
    get sentMs() {
      return sentMs;
    },
    get isOver() {
      return isOver;
    },
    goOn() {
      if (isOver) return;
      if (sentMs === 0 && !hasStopped) begin();
      if (fails) {
        over('failed', { type: 'failed', error: { type: 'server_error', ...fails } });
        return;
      }
      if (stop && !hasStopped) {
        hasStopped = true;
        speak(stop.afterMs);
        if (stop.closes) parts.close();
        return;
      }
      speak(audioMs);
      endMessage('completed');
      for (const { name, arguments: args } of calls) call(name, args);
      over('completed');
    },
    cancel(reason) {
      endMessage('incomplete');
      // Arguments are emitted for interrupted calls, too.
      for (const { name, arguments: args } of calls) {
        const item = { type: 'function_call' as const, id: parts.newId('item'), call_id: parts.newId('call'), name };
        endCall({ ...item, arguments: JSON.stringify(args) }, 'incomplete');
      }
      over('cancelled', { type: 'cancelled', reason });
    },
  };
}

/** So many ms of a tone, base64. */
function tone(ms: number): string {
  const pcm = Int16Array.from({ length: Math.round(ms * 24) }, (_, index) => 8000 * Math.sin(index / 8));
  return Buffer.from(pcm.buffer).toString('base64');
}
