// Silero VAD: a small neural network that tells speech from everything else. All calls share one thread with the model,
// and windows that are there at the same time are judged by one inference.
import type { SpeechDetector, SpeechDetectors } from '../../ports/speech-detector.ts';
import { contextSamples, largestBatch, newEar, type SileroEar } from './silero-batch.ts';
import { startSileroThread, type SileroThread } from './silero-thread.ts';

/** From so many calls on a question waits for others: a third of a beat, in which a window costs a third less. */
const crowd = 24;
const gatherMs = 7;

/** Windows quieter than -65 dBFS aren't worth the model's time, once it has noticed the silence. */
const silentMeanSquare = 10 ** (-65 / 10);
const noticedSilence = 0.1;

/** What a call has sent to be judged. */
interface Question {
  ear: SileroEar;
  answer: (probability: number) => void;
  failed: (error: unknown) => void;
}

/** Loads the runtime and the model. Rejects where there is no native runtime for the machine. */
export async function createSileroDetectors(): Promise<SpeechDetectors> {
  return new SileroDetectors(await startSileroThread());
}

class SileroDetectors implements SpeechDetectors {
  readonly #thread: SileroThread;
  readonly #open = new Set<SileroEar>();
  #questions: Question[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(thread: SileroThread) {
    this.#thread = thread;
  }

  open(): SpeechDetector {
    const ear = newEar();
    this.#open.add(ear);
    return new SileroDetector(ear, { ask: () => this.#ask(ear), closed: () => this.#open.delete(ear) });
  }

  async close(): Promise<void> {
    clearTimeout(this.#gathering);
    this.#questions = [];
    await this.#thread.close();
  }

  #ask(ear: SileroEar): Promise<number> {
    return new Promise((answer, failed) => {
      this.#questions.push({ ear, answer, failed });
      this.#askSoon();
    });
  }

  /** At the end of the event loop's turn all calls of that turn have asked; in a crowd others follow before long. */
  #askSoon(): void {
    if (this.#isAsking || this.#questions.length === 0) return;
    if (this.#open.size >= crowd && this.#questions.length < largestBatch) {
      this.#gathering ??= setTimeout(() => this.#askModel(), gatherMs);
    } else {
      setImmediate(() => this.#askModel());
    }
  }

  #askModel(): void {
    if (this.#isAsking || this.#questions.length === 0) return;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#isAsking = true;
    void this.#askAbout(this.#questions.splice(0, largestBatch));
  }

  async #askAbout(batch: readonly Question[]): Promise<void> {
    try {
      const probabilities = await this.#thread.judge(batch.map(({ ear }) => ear));
      for (const [index, { answer }] of batch.entries()) answer(probabilities[index] ?? 0);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
    this.#isAsking = false;
    this.#askSoon();
  }
}

class SileroDetector implements SpeechDetector {
  readonly #ear: SileroEar;
  readonly #detectors: { ask: () => Promise<number>; closed: () => void };
  #last = 0;

  constructor(ear: SileroEar, detectors: { ask: () => Promise<number>; closed: () => void }) {
    this.#ear = ear;
    this.#detectors = detectors;
  }

  async probability(window: Float32Array): Promise<number> {
    const { input } = this.#ear;
    input.copyWithin(0, input.length - contextSamples);
    input.set(window, contextSamples);
    if (this.#last < noticedSilence && meanSquare(window) < silentMeanSquare) return 0;
    this.#last = await this.#detectors.ask();
    return this.#last;
  }

  close(): void {
    this.#detectors.closed();
  }
}

function meanSquare(window: Float32Array): number {
  let sum = 0;
  // By index: an iterator would make an object of every sample.
  for (let index = 0; index < window.length; index += 1) sum += (window[index] ?? 0) ** 2;
  return sum / window.length;
}
