// The answer of a transcription: JSON, or server-sent events from services that tell what they have so far.

import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import type { Timers } from '../../../kit/index.ts';
import { SpeechError } from '../../ports/speech-to-text.ts';

const wholeSchema = z.object({ text: z.string() });
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('transcript.text.delta'), delta: z.string() }),
  z.object({ type: z.literal('transcript.text.done'), text: z.string() }),
]);

/** Reads a transcript; throws {@link SpeechError} when there is none in time. */
export async function readTranscript(
  response: Response,
  { partial, withinMs, timers }: { partial: (text: string) => void; withinMs: number; timers: Timers },
): Promise<string> {
  const late = Promise.withResolvers<never>();
  const timer = timers.after(withinMs, () => late.reject(new SpeechError('broken', 'the transcript takes too long')));
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const reading = isStream ? streamed(response, partial) : whole(response);
  try {
    return (await Promise.race([reading, late.promise])).trim();
  } finally {
    timer.cancel();
    // Only a reading that came too late is still under way.
    reading.catch(() => {});
  }
}

async function whole(response: Response): Promise<string> {
  const answer = wholeSchema.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new SpeechError('broken', 'the answer is no transcript');
  return answer.data.text;
}

async function streamed(response: Response, partial: (text: string) => void): Promise<string> {
  let text = '';
  const events = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { data } of events ?? []) {
    const event = eventSchema.safeParse(parsed(data));
    if (!event.success) continue;
    if (event.data.type === 'transcript.text.done') return event.data.text;
    text += event.data.delta;
    partial(text.trim());
  }
  throw new SpeechError('broken', 'the transcript broke off');
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
