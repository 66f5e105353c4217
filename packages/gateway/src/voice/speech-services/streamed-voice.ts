// Voices that answer a request with raw audio, as it is made.

import { SpeechError } from '../ports/speech-to-text.ts';
import { askService, type ServiceParts, type ServiceRequest } from './ask-service.ts';
import { pcmOfBytes } from './pcm-of-bytes.ts';

const answerWithinMs = 10_000;

/** Between two chunks of audio. Less than a caller's patience, so that the sentence can be tried again. */
const nextChunkWithinMs = 3000;

/**
 * Asks for speech and yields it: mono, 24 kHz, without a header. Ends quietly when it is aborted; throws
 * {@link SpeechError} otherwise, also in the middle when the audio breaks off.
 */
export async function* streamedVoice(
  request: Omit<ServiceRequest, 'answerWithinMs'>,
  parts: ServiceParts,
): AsyncGenerator<Int16Array> {
  try {
    const response = await askService({ ...request, answerWithinMs }, parts);
    yield* pcmOfBytes(chunksOf(response, request.service, parts));
  } catch (error) {
    if (request.signal.aborted) return;
    if (error instanceof SpeechError) throw error;
    throw new SpeechError('broken', `${request.service} broke off`, { cause: error });
  }
}

async function* chunksOf(response: Response, service: string, { timers }: ServiceParts): AsyncGenerator<Uint8Array> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const late = Promise.withResolvers<never>();
      const timer = timers.after(nextChunkWithinMs, () => late.reject(new SpeechError('broken', `${service} stalls`)));
      const { done, value } = await Promise.race([reader.read(), late.promise]).finally(() => timer.cancel());
      if (done) return;
      yield value;
    }
  } finally {
    // Also when nobody wants the rest.
    await reader.cancel().catch(() => {});
  }
}
