// What Deepgram's live endpoint and a client say to each other, as far as Parley uses it.
// https://developers.deepgram.com/reference/speech-to-text/listen-streaming

import { z } from 'zod';

/** A stretch of the stream and its words; `start` and `duration` in seconds of audio since the connection began. */
export interface DeepgramResults {
  type: 'Results';
  start: number;
  duration: number;
  /** These words won't change any more. */
  is_final: boolean;
  /** The service heard a pause after them. */
  speech_final: boolean;
  /** They were wanted by `Finalize`. */
  from_finalize: boolean;
  channel: { alternatives: { transcript: string }[] };
}

/** A pause after the last words, told by the words rather than by the audio. */
interface DeepgramUtteranceEnd {
  type: 'UtteranceEnd';
}

export type DeepgramMessage = DeepgramResults | DeepgramUtteranceEnd;

const resultsSchema: z.ZodType<DeepgramResults> = z.object({
  type: z.literal('Results'),
  start: z.number(),
  duration: z.number(),
  is_final: z.boolean().default(false),
  speech_final: z.boolean().default(false),
  from_finalize: z.boolean().default(false),
  channel: z.object({ alternatives: z.array(z.object({ transcript: z.string() })) }),
});
const utteranceEndSchema: z.ZodType<DeepgramUtteranceEnd> = z.object({ type: z.literal('UtteranceEnd') });
const messageSchema: z.ZodType<DeepgramMessage> = z.union([resultsSchema, utteranceEndSchema]);

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
