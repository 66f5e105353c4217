// A clock and timers that stand still until a test moves them.
import type { Clock, Timer, Timers } from './time.ts';

interface Wait {
  dueMs: number;
  action: () => void;
  intervalMs?: number;
}

/** Time under a test's control: `advance` runs everything that falls due, in order. */
export class FakeTime implements Clock, Timers {
  #nowMs: number;
  readonly #waits = new Set<Wait>();

  constructor(nowMs: number = Date.UTC(2026, 0, 1)) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): Timer {
    return this.#wait({ dueMs: this.#nowMs + delayMs, action });
  }

  every(intervalMs: number, action: () => void): Timer {
    return this.#wait({ dueMs: this.#nowMs + intervalMs, action, intervalMs });
  }

  /** Moves time on by `ms`, running what falls due on the way. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.#nowMs = next.dueMs;
      if (next.intervalMs === undefined) this.#waits.delete(next);
      else next.dueMs += next.intervalMs;
      next.action();
    }
    this.#nowMs = endMs;
  }

  #wait(wait: Wait): Timer {
    this.#waits.add(wait);
    return { cancel: () => this.#waits.delete(wait) };
  }

  #next(endMs: number): Wait | undefined {
    const due = [...this.#waits].filter((wait) => wait.dueMs <= endMs);
    return due.sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}
