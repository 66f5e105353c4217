// Tells one visitor their place in the queue: when it changed, and not too often, for every time is journaled.
import type { Clock, Timer, Timers } from '../../kit/index.ts';
import type { QueueStatus } from '../../messaging/index.ts';

/** Between two times (messaging spec, Q17). */
const AT_MOST_EVERY_MS = 10_000;

/** Tells a visitor their place. */
export interface QueueStatusTeller {
  /** This is the place now. What was to be told and wasn't yet is forgotten. */
  set(status: QueueStatus): void;
  /** The visitor has just been told, by somebody else. */
  told(): void;
  /** Nothing is to be told any more. */
  cancel(): void;
}

/** Makes a teller; `tell` passes on what has to be told. */
export function createQueueStatusTeller(
  { clock, timers }: { clock: Clock; timers: Timers },
  tell: (status: QueueStatus) => void,
): QueueStatusTeller {
  let toldMs = -Infinity;
  let toldText = '';
  let later: Timer | null = null;

  function cancel(): void {
    later?.cancel();
    later = null;
  }

  function tellNow(status: QueueStatus): void {
    later = null;
    toldMs = clock.nowMs();
    toldText = JSON.stringify(status);
    tell(status);
  }

  return {
    set(status) {
      cancel();
      if (JSON.stringify(status) === toldText) return;
      const waitMs = toldMs + AT_MOST_EVERY_MS - clock.nowMs();
      if (waitMs <= 0) tellNow(status);
      else later = timers.after(waitMs, () => tellNow(status));
    },
    told() {
      cancel();
      toldMs = clock.nowMs();
      toldText = '';
    },
    cancel,
  };
}
