// Silero VAD: a small neural network that tells speech from everything else. All calls share one session of the model,
// and windows that are there at the same time are judged by one inference.

import { createRequire } from 'node:module';
import type { InferenceSession } from 'onnxruntime-node';
import type { SpeechDetector, SpeechDetectors } from '../../ports/speech-detector.ts';
import { sileroModel, type SileroModel } from './silero-model.ts';

/**
 * How many windows one inference may judge: few enough to be over within 2 ms, because audio waits meanwhile, and
 * enough to make a window cost less than half of what it costs alone.
 */
const largestBatch = 16;

/** From so many calls on a question waits for others: a third of a beat, in which a window costs a third less. */
const crowd = 24;
const gatherMs = 7;

/** Samples of the former window that the model sees again in front of a window. */
const contextSamples = 64;

/** Windows quieter than -65 dBFS aren't worth the model's time, once it has noticed the silence. */
const silentMeanSquare = 10 ** (-65 / 10);
const noticedSilence = 0.1;

/** What a call has sent to be judged. */
interface Question {
  ear: SileroDetector;
  answer: (probability: number) => void;
  failed: (error: unknown) => void;
}

/** Loads the runtime and the model. Rejects where there is no native runtime for the machine. */
export async function createSileroDetectors(): Promise<SpeechDetectors> {
  // Loaded here: a machine without the native part must still be able to start.
  const runtime = await import('onnxruntime-node');
  const path = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx');
  const session: InferenceSession = await runtime.InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  return new SileroDetectors(sileroModel(session, runtime.Tensor));
}

class SileroDetectors implements SpeechDetectors {
  readonly #model: SileroModel;
  readonly #ears = new Set<SileroDetector>();
  #questions: Question[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(model: SileroModel) {
    this.#model = model;
  }

  open(): SpeechDetector {
    const ear = new SileroDetector({
      ask: () => this.#ask(ear),
      closed: () => this.#ears.delete(ear),
    });
    this.#ears.add(ear);
    return ear;
  }

  async close(): Promise<void> {
    clearTimeout(this.#gathering);
    this.#questions = [];
    await this.#model.close();
  }

  #ask(ear: SileroDetector): Promise<number> {
    return new Promise((answer, failed) => {
      this.#questions.push({ ear, answer, failed });
      this.#askSoon();
    });
  }

  /** At the end of the event loop's turn all calls of that turn have asked; in a crowd others follow before long. */
  #askSoon(): void {
    if (this.#isAsking || this.#questions.length === 0) return;
    if (this.#ears.size >= crowd && this.#questions.length < largestBatch) {
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
      const probabilities = await this.#model.judge(batch.map(({ ear }) => ear));
      for (const [index, { answer }] of batch.entries()) answer(probabilities[index] ?? 0);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
    this.#isAsking = false;
    this.#askSoon();
  }
}

/** One call's memory: what the model sees next, and what it remembers. */
class SileroDetector implements SpeechDetector {
  /** The end of the former window, then the window. */
  readonly input: Float32Array = new Float32Array(contextSamples + 512);
  /** The model's own memory, two layers of 128. */
  readonly state: Float32Array = new Float32Array(2 * 128);
  readonly #detectors: { ask: () => Promise<number>; closed: () => void };
  #last = 0;

  constructor(detectors: { ask: () => Promise<number>; closed: () => void }) {
    this.#detectors = detectors;
  }

  async probability(window: Float32Array): Promise<number> {
    this.input.copyWithin(0, this.input.length - contextSamples);
    this.input.set(window, contextSamples);
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
  for (const sample of window) sum += sample * sample;
  return sum / window.length;
}
