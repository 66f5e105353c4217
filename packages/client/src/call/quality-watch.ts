// Counts on an audio path every few seconds, and tells how good it was in between.
import type { Time, Timer } from '../ports/time.ts';
import { qualityBetween } from './quality.ts';
import type { PathCounts, Quality } from './quality.ts';

/** What is watched, and who is told. */
export interface QualityWatchParts {
  time: Time;
  counts: () => Promise<PathCounts>;
  onQuality: (quality: Quality) => void;
}

const EVERY_MS = 2_000;

/** Watches from the beginning until it is stopped. */
export class QualityWatch {
  readonly #parts: QualityWatchParts;
  #last: PathCounts | undefined;
  #next: Timer | undefined;
  #isStopped = false;

  constructor(parts: QualityWatchParts) {
    this.#parts = parts;
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    this.#next?.cancel();
  }

  async #look(): Promise<void> {
    // A path that has just been closed counts no more.
    const counts = await this.#parts.counts().catch(() => undefined);
    if (this.#isStopped) return;
    if (this.#last && counts) this.#parts.onQuality(qualityBetween(this.#last, counts));
    this.#last = counts ?? this.#last;
    this.#next = this.#parts.time.after(EVERY_MS, () => void this.#look());
  }
}
