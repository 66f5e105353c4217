// The process's side of the thread that runs the model.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { newBatch, readStates, writeEars, type SileroBatch, type SileroEar, type SileroReply } from './silero-batch.ts';

interface Asked {
  ears: readonly SileroEar[];
  answer: (probabilities: Float32Array) => void;
  failed: (error: Error) => void;
}

/** Starts the thread and waits until it has the model. Rejects where there is no native runtime for the machine. */
export async function startSileroThread(): Promise<SileroThread> {
  const batch = newBatch();
  const script = new URL('./silero-worker.ts', import.meta.url);
  const worker = new Worker(script, { workerData: batch, name: 'speech-detection' });
  await once(worker, 'message');
  return new SileroThread(worker, batch);
}

/** Judges in another thread, which by itself keeps no process alive. */
export class SileroThread {
  readonly #worker: Worker;
  readonly #batch: SileroBatch;
  #asked: Asked | undefined;
  #end: Error | undefined;

  constructor(worker: Worker, batch: SileroBatch) {
    this.#worker = worker;
    this.#batch = batch;
    worker.on('message', (reply: SileroReply) => this.#take(reply));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the thread of speech detection has ended')));
    worker.unref();
  }

  /**
   * The probabilities of speech, one for each of at most `largestBatch` ears; their states move on by a window. To be
   * asked again only when it has answered; what it answered with is overwritten then. Rejects when the thread is gone.
   */
  judge(ears: readonly SileroEar[]): Promise<Float32Array> {
    if (this.#end) return Promise.reject(this.#end);
    writeEars(this.#batch, ears);
    this.#worker.postMessage(ears.length);
    return new Promise((answer, failed) => (this.#asked = { ears, answer, failed }));
  }

  /** Ends the thread; whoever waits is refused. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(reply: SileroReply): void {
    const asked = this.#asked;
    if (!asked) return;
    this.#asked = undefined;
    if (reply !== 'judged') {
      asked.failed(new Error(reply.failure));
      return;
    }
    readStates(this.#batch, asked.ears);
    asked.answer(this.#batch.probabilities);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#asked?.failed(this.#end);
    this.#asked = undefined;
  }
}
