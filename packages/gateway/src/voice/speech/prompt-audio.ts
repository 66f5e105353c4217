// Audio that comes in time, or not at all: nobody on the phone waits for a voice that hangs.
import type { Timers } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';

/** So long without audio, and the voice is taken for gone. */
const PATIENCE_MS = 5_000;

/** The same pieces; throws {@link SpeechError} `unavailable` when the next one is too long in coming. */
export async function* promptAudio(audio: AsyncIterable<Int16Array>, timers: Timers): AsyncGenerator<Int16Array> {
  const pieces = audio[Symbol.asyncIterator]();
  try {
    for (;;) {
      const late = Promise.withResolvers<never>();
      const patience = timers.after(PATIENCE_MS, () => late.reject(new SpeechError('unavailable', 'no audio comes')));
      const { done, value } = await Promise.race([pieces.next(), late.promise]).finally(() => patience.cancel());
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: what hangs doesn't end either.
    pieces.return?.().catch(() => {});
  }
}
