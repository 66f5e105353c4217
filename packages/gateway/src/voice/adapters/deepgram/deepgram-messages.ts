// What Deepgram's live endpoint and a client say to each other, as far as Parley uses it.
// https://developers.deepgram.com/reference/speech-to-text/listen-streaming

import { z } from 'zod';

/** A stretch of the stream and its words; `start` and `duration` in seconds of audio since the connection began. */
const resultsSchema = z.object({
  type: z.literal('Results'),
  start: z.number(),
  duration: z.number(),
  /** These words won't change any more. */
  is_final: z.boolean().default(false),
  /** The service heard a pause after them. */
  speech_final: z.boolean().default(false),
  /** They were wanted by `Finalize`. */
  from_finalize: z.boolean().default(false),
  channel: z.object({ alternatives: z.array(z.object({ transcript: z.string() })) }),
});

const messageSchema = z.discriminatedUnion('type', [
  resultsSchema,
  z.object({ type: z.literal('UtteranceEnd'), last_word_end: z.number() }),
]);

export type DeepgramResults = z.infer<typeof resultsSchema>;
export type DeepgramMessage = z.infer<typeof messageSchema>;

/** Reads a frame; none when it is of no interest (`Metadata`, `SpeechStarted`) or garbage. */
export function readDeepgram(frame: string): DeepgramMessage | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(frame)).data;
  } catch {
    return undefined;
  }
}

/** Says that nobody has gone: without audio or this for 10 s the service closes with `NET-0001`. */
export const keepAlive: string = JSON.stringify({ type: 'KeepAlive' });

/** Wants the final words of all audio so far. */
export const finalize: string = JSON.stringify({ type: 'Finalize' });

/** Ends the stream. */
export const closeStream: string = JSON.stringify({ type: 'CloseStream' });
