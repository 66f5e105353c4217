// Translates what a realtime model sends into what a call needs to know, event by event.
import type { ModelEvent, ResponseOutcome, ToolCall } from '../../ports/speech-model.ts';
import { prefixPaddingMs } from './client-events.ts';
import { endOfSession, isBusy } from './model-failures.ts';
import { pcmOfBase64 } from './pcm-base64.ts';
import type { OutputItem, ServerEvent } from './server-events.ts';

/** The translation of one session, from its first event on. */
export interface EventTranslator {
  translate(event: ServerEvent): ModelEvent[];
}

/** `silenceMs`: the pause that ends a turn at the moment. `wishes`: which responses were asked for and didn't begin. */
export function createEventTranslator(session: { silenceMs(): number; wishes: ReadonlySet<string> }): EventTranslator {
  /** Calls whose items are complete, by the response that is still being made. */
  const calls = new Map<string, ToolCall[]>();
  /** Items whose words came as deltas, so that they aren't taken twice. */
  const spelled = new Set<string>();

  function itemOver(responseId: string, item: OutputItem): ModelEvent[] {
    const call = completedCall(item);
    if (call) calls.set(responseId, [...(calls.get(responseId) ?? []), call]);
    return item.type === 'message' && item.id ? [{ type: 'item-over', responseId, itemId: item.id }] : [];
  }

  function responseOver({ response }: Extract<ServerEvent, { type: 'response.done' }>): ModelEvent[] {
    const outcome = outcomeOf(response.status);
    const error = response.status_details?.error;
    const end = outcome === 'failed' && error ? endOfSession(error) : undefined;
    if (end) return [{ type: 'lost', error: end }];
    const listed = (response.output ?? []).flatMap((item) => completedCall(item) ?? []);
    const early = calls.get(response.id) ?? [];
    calls.delete(response.id);
    const all = [...early, ...listed.filter(({ callId }) => !early.some((call) => call.callId === callId))];
    const wanted = outcome === 'complete' ? all : [];
    return [{ type: 'response-over', responseId: response.id, outcome, calls: wanted }];
  }

  return {
    translate(event) {
      switch (event.type) {
        case 'session.created':
        case 'session.updated':
        case 'rate_limits.updated':
          return [];
        case 'error': {
          const { event_id: eventId } = event.error;
          const end = endOfSession(event.error);
          if (end) return [{ type: 'lost', error: end }];
          const busy = isBusy(event.error);
          // Some servers don't say which event they refuse.
          const wishId = busy && !eventId ? [...session.wishes].at(-1) : eventId;
          return wishId && session.wishes.has(wishId) ? [{ type: 'wish-refused', wishId, busy }] : [];
        }
        case 'input_audio_buffer.speech_started':
          return [{ type: 'caller-began', atMs: event.audio_start_ms + prefixPaddingMs }];
        case 'input_audio_buffer.speech_stopped':
          return [{ type: 'caller-paused', atMs: event.audio_end_ms - session.silenceMs() }];
        case 'input_audio_buffer.committed':
          return [{ type: 'caller-said', itemId: event.item_id }];
        case 'conversation.item.input_audio_transcription.completed':
          return [{ type: 'transcript', itemId: event.item_id, text: event.transcript.trim() }];
        case 'conversation.item.input_audio_transcription.failed':
          return [{ type: 'transcript', itemId: event.item_id, text: null }];
        case 'response.created': {
          const { id, metadata } = event.response;
          return [{ type: 'response-began', responseId: id, wishId: metadata?.['wish'] ?? null }];
        }
        case 'response.output_audio.delta':
          return [{ type: 'audio', ...placeOf(event), pcm: pcmOfBase64(event.delta) }];
        case 'response.output_audio_transcript.delta':
          spelled.add(event.item_id);
          return [{ type: 'words', ...placeOf(event), text: event.delta }];
        case 'response.output_audio_transcript.done':
          if (spelled.delete(event.item_id)) return [];
          return [{ type: 'words', ...placeOf(event), text: event.transcript }];
        case 'response.output_item.done':
          return itemOver(event.response_id, event.item);
        case 'response.done':
          return responseOver(event);
      }
    },
  };
}

function placeOf(event: { response_id: string; item_id: string }): { responseId: string; itemId: string } {
  return { responseId: event.response_id, itemId: event.item_id };
}

/** Arguments also come of calls that were interrupted: only a completed item is meant (voice spec, section 9.2). */
function completedCall(item: OutputItem): ToolCall | undefined {
  if (item.type !== 'function_call' || item.status !== 'completed' || !item.call_id || !item.name) return undefined;
  return { callId: item.call_id, name: item.name, arguments: item.arguments ?? '' };
}

/** What is incomplete (out of tokens, filtered) is played as far as it goes. */
function outcomeOf(status: string | null | undefined): ResponseOutcome {
  if (status === 'cancelled') return 'cut';
  return status === 'failed' ? 'failed' : 'complete';
}
