// What a realtime model sends, as far as a call needs it. Events are checked as they are read, because compatible
// servers differ; those from before the protocol's general availability are read under their present names.
import type * as realtime from 'openai/resources/realtime/realtime';
import { z } from 'zod';

/** An event that means something to a call. */
export type ServerEvent = z.infer<typeof serverEventSchema>;

/** The present names of events that were once called otherwise. */
const presentNames: Record<string, ServerEvent['type']> = {
  'response.audio.delta': 'response.output_audio.delta',
  'response.audio_transcript.delta': 'response.output_audio_transcript.delta',
  'response.audio_transcript.done': 'response.output_audio_transcript.done',
};

const id = z.string().min(1);
const part = { response_id: id, item_id: id };

const outputItemSchema = z.object({
  type: z.string(),
  id: id.nullish(),
  status: z.string().nullish(),
  call_id: id.nullish(),
  name: z.string().nullish(),
  arguments: z.string().nullish(),
});

/** An item of a response: a message or a function call. */
export type OutputItem = z.infer<typeof outputItemSchema>;

const errorSchema = z.object({
  type: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().default(''),
});

/** Why something failed. The message may hold words of the caller. */
export type ReportedError = z.infer<typeof errorSchema>;

const serverEventSchema = z.discriminatedUnion('type', [
  z.object({ type: event<realtime.SessionCreatedEvent>('session.created') }),
  z.object({ type: event<realtime.SessionUpdatedEvent>('session.updated') }),
  z.object({
    type: event<realtime.RealtimeErrorEvent>('error'),
    error: errorSchema.extend({ event_id: z.string().nullish() }),
  }),
  z.object({
    type: event<realtime.InputAudioBufferSpeechStartedEvent>('input_audio_buffer.speech_started'),
    audio_start_ms: z.number(),
  }),
  z.object({
    type: event<realtime.InputAudioBufferSpeechStoppedEvent>('input_audio_buffer.speech_stopped'),
    audio_end_ms: z.number(),
  }),
  z.object({ type: event<realtime.InputAudioBufferCommittedEvent>('input_audio_buffer.committed'), item_id: id }),
  z.object({
    type: event<realtime.ConversationItemInputAudioTranscriptionCompletedEvent>(
      'conversation.item.input_audio_transcription.completed',
    ),
    item_id: id,
    transcript: z.string(),
  }),
  z.object({
    type: event<realtime.ConversationItemInputAudioTranscriptionFailedEvent>(
      'conversation.item.input_audio_transcription.failed',
    ),
    item_id: id,
  }),
  z.object({
    type: event<realtime.ResponseCreatedEvent>('response.created'),
    response: z.object({ id, metadata: z.record(z.string(), z.string()).nullish() }),
  }),
  z.object({
    type: event<realtime.ResponseAudioDeltaEvent>('response.output_audio.delta'),
    ...part,
    delta: z.string(),
  }),
  z.object({
    type: event<realtime.ResponseAudioTranscriptDeltaEvent>('response.output_audio_transcript.delta'),
    ...part,
    delta: z.string(),
  }),
  z.object({
    type: event<realtime.ResponseAudioTranscriptDoneEvent>('response.output_audio_transcript.done'),
    ...part,
    transcript: z.string(),
  }),
  z.object({
    type: event<realtime.ResponseOutputItemDoneEvent>('response.output_item.done'),
    response_id: id,
    item: outputItemSchema,
  }),
  z.object({
    type: event<realtime.ResponseDoneEvent>('response.done'),
    response: z.object({
      id,
      status: z.string().nullish(),
      status_details: z.object({ error: errorSchema.nullish() }).nullish(),
      output: z.array(outputItemSchema).nullish(),
    }),
  }),
  z.object({
    type: event<realtime.RateLimitsUpdatedEvent>('rate_limits.updated'),
    rate_limits: z.array(z.object({ name: z.string(), limit: z.number(), remaining: z.number() })),
  }),
]);

const knownTypes: ReadonlySet<string> = new Set(
  serverEventSchema.options.flatMap(({ shape }) => [...shape.type.values]),
);

/** Reads a frame: an event, `other` for one that means nothing to a call, or `garbage`. */
export function readServerEvent(text: string): ServerEvent | 'other' | 'garbage' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'garbage';
  }
  const named = z.looseObject({ type: z.string() }).safeParse(json);
  if (!named.success) return 'garbage';
  const type = presentNames[named.data.type] ?? named.data.type;
  if (!knownTypes.has(type)) return 'other';
  const known = serverEventSchema.safeParse({ ...named.data, type });
  return known.success ? known.data : 'garbage';
}

/** The name of an event that the official types know. */
function event<Event extends { type: string }>(type: Event['type']): z.ZodLiteral<Event['type']> {
  return z.literal(type);
}
