// A clock that stands still until a test moves it.
import type { Time, Timer } from '../src/ports/time.ts';

interface Wait {
  dueMs: number;
  action: () => void;
}

/** Time under a test's control. */
export class FakeTime implements Time {
  #nowMs = Date.UTC(2026, 0, 1);
  readonly #waits = new Set<Wait>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): Timer {
    const wait = { dueMs: this.#nowMs + delayMs, action };
    this.#waits.add(wait);
    return { cancel: () => this.#waits.delete(wait) };
  }

  /** Moves time on, runs what falls due on the way in order, and lets each of them settle. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.#nowMs = next.dueMs;
      this.#waits.delete(next);
      next.action();
      await settled();
    }
    this.#nowMs = endMs;
  }

  /** Alarms that are set. */
  get waiting(): number {
    return this.#waits.size;
  }

  #next(endMs: number): Wait | undefined {
    const due = [...this.#waits].filter((wait) => wait.dueMs <= endMs);
    return due.sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}

/** Resolves when everything that is ready to run has run: promises, and frames on their way. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
