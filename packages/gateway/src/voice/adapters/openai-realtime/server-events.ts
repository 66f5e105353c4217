// What a realtime model sends, as far as a call needs it. Events are checked as they are read, because compatible
// servers differ; those from before the protocol's general availability are read under their present names.
import type {
  ConversationItemInputAudioTranscriptionCompletedEvent,
  ConversationItemInputAudioTranscriptionFailedEvent,
  InputAudioBufferCommittedEvent,
  InputAudioBufferSpeechStartedEvent,
  InputAudioBufferSpeechStoppedEvent,
  RealtimeServerEvent,
  ResponseAudioDeltaEvent,
  ResponseAudioTranscriptDeltaEvent,
  ResponseAudioTranscriptDoneEvent,
  SessionCreatedEvent,
  SessionUpdatedEvent,
} from 'openai/resources/realtime/realtime';
import { z } from 'zod';

/** An event that means something to a call. */
export type ServerEvent =
  | Pick<SessionCreatedEvent, 'type'>
  | Pick<SessionUpdatedEvent, 'type'>
  | { type: 'error'; error: ReportedError & { event_id?: string | null | undefined } }
  | Pick<InputAudioBufferSpeechStartedEvent, 'type' | 'audio_start_ms'>
  | Pick<InputAudioBufferSpeechStoppedEvent, 'type' | 'audio_end_ms'>
  | Pick<InputAudioBufferCommittedEvent, 'type' | 'item_id'>
  | Pick<ConversationItemInputAudioTranscriptionCompletedEvent, 'type' | 'item_id' | 'transcript'>
  | Pick<ConversationItemInputAudioTranscriptionFailedEvent, 'type' | 'item_id'>
  | { type: 'response.created'; response: { id: string; metadata?: Record<string, string> | null | undefined } }
  | Pick<ResponseAudioDeltaEvent, 'type' | 'response_id' | 'item_id' | 'delta'>
  | Pick<ResponseAudioTranscriptDeltaEvent, 'type' | 'response_id' | 'item_id' | 'delta'>
  | Pick<ResponseAudioTranscriptDoneEvent, 'type' | 'response_id' | 'item_id' | 'transcript'>
  | { type: 'response.output_item.done'; response_id: string; item: OutputItem }
  | { type: 'response.done'; response: FinishedResponse }
  | { type: 'rate_limits.updated'; rate_limits: { name: string; limit: number; remaining: number }[] };

/** An item of a response: a message or a function call. */
export interface OutputItem {
  type: string;
  id?: string | null | undefined;
  status?: string | null | undefined;
  call_id?: string | null | undefined;
  name?: string | null | undefined;
  arguments?: string | null | undefined;
}

/** Why something failed. The message may hold words of the caller. */
export interface ReportedError {
  type?: string | null | undefined;
  code?: string | null | undefined;
}

interface FinishedResponse {
  id: string;
  status?: string | null | undefined;
  status_details?: { error?: ReportedError | null | undefined } | null | undefined;
  output?: OutputItem[] | null | undefined;
}

type EventType = ServerEvent['type'] & RealtimeServerEvent['type'];

/** The present names of events that were once called otherwise. */
const presentNames: Record<string, EventType> = {
  'response.audio.delta': 'response.output_audio.delta',
  'response.audio_transcript.delta': 'response.output_audio_transcript.delta',
  'response.audio_transcript.done': 'response.output_audio_transcript.done',
};

const id = z.string().min(1);
const maybeText = z.string().nullish();
const item: z.ZodType<OutputItem> = z.object({
  type: z.string(),
  id: id.nullish(),
  status: maybeText,
  call_id: id.nullish(),
  name: maybeText,
  arguments: maybeText,
});
const error = z.object({ type: maybeText, code: maybeText });
const response = z.object({
  id,
  status: maybeText,
  status_details: z.object({ error: error.nullish() }).nullish(),
  output: z.array(item).nullish(),
});
const begunResponse = z.object({ id, metadata: z.record(z.string(), z.string()).nullish() });
const limit = z.object({ name: z.string(), limit: z.number(), remaining: z.number() });

/** What an event of each type must hold beside its type. */
const contents: { [Type in EventType]: z.ZodType<Omit<Extract<ServerEvent, { type: Type }>, 'type'>> } = {
  'session.created': z.object({}),
  'session.updated': z.object({}),
  error: z.object({ error: error.extend({ event_id: maybeText }) }),
  'input_audio_buffer.speech_started': z.object({ audio_start_ms: z.number() }),
  'input_audio_buffer.speech_stopped': z.object({ audio_end_ms: z.number() }),
  'input_audio_buffer.committed': z.object({ item_id: id }),
  'conversation.item.input_audio_transcription.completed': z.object({ item_id: id, transcript: z.string() }),
  'conversation.item.input_audio_transcription.failed': z.object({ item_id: id }),
  'response.created': z.object({ response: begunResponse }),
  'response.output_audio.delta': z.object({ response_id: id, item_id: id, delta: z.string() }),
  'response.output_audio_transcript.delta': z.object({ response_id: id, item_id: id, delta: z.string() }),
  'response.output_audio_transcript.done': z.object({ response_id: id, item_id: id, transcript: z.string() }),
  'response.output_item.done': z.object({ response_id: id, item }),
  'response.done': z.object({ response }),
  'rate_limits.updated': z.object({ rate_limits: z.array(limit) }),
};

const anyEvent = z.looseObject({ type: z.string() });

/** Reads a frame: an event, `other` for one that means nothing to a call, or `garbage`. */
export function readServerEvent(text: string): ServerEvent | 'other' | 'garbage' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'garbage';
  }
  const named = anyEvent.safeParse(json);
  if (!named.success) return 'garbage';
  const type = presentNames[named.data.type] ?? named.data.type;
  if (!isKnown(type)) return 'other';
  const known = contents[type].safeParse(named.data);
  return known.success ? ({ type, ...known.data } as ServerEvent) : 'garbage';
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(contents, type);
}
