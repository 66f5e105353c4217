// Time that goes by as it does, and can be made to jump: whole gateways with real sockets, and minutes that take no time.
import { FakeTime } from '../../src/kit/index.ts';
import type { Clock, Timers } from '../../src/kit/index.ts';

/** How often what fell due is looked for, ms. */
const LOOK_MS = 2;

/** A clock and timers of a process that can jump ahead. */
export interface FlowingTime extends Clock, Timers {
  /** Moves time on by `ms`; what falls due on the way is run, in order, before this returns. */
  skip(ms: number): void;
  /** Waits that are neither over nor called off. */
  readonly waits: number;
  stop(): void;
}

/** Begins at this moment. Stop it in the end. */
export function flowingTime(): FlowingTime {
  const time = new FakeTime(Date.now());
  const waits = new Set<object>();
  let passedMs = Math.floor(performance.now());
  const flow = setInterval(() => {
    const elapsedMs = Math.floor(performance.now()) - passedMs;
    passedMs += elapsedMs;
    time.advance(elapsedMs);
  }, LOOK_MS);

  return {
    nowMs: () => time.nowMs(),
    after(delayMs, action) {
      const wait = {};
      waits.add(wait);
      const timer = time.after(delayMs, () => {
        waits.delete(wait);
        action();
      });
      return {
        cancel() {
          waits.delete(wait);
          timer.cancel();
        },
      };
    },
    every(intervalMs, action) {
      const wait = {};
      waits.add(wait);
      const timer = time.every(intervalMs, action);
      return {
        cancel() {
          waits.delete(wait);
          timer.cancel();
        },
      };
    },
    skip: (ms) => time.advance(ms),
    get waits() {
      return waits.size;
    },
    stop: () => clearInterval(flow),
  };
}
