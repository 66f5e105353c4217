// Waiting that can be called off.
import type { Timers } from '../kit/index.ts';

/** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts. */
export function wait(timers: Timers, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      timer.cancel();
      reject(signal.reason);
    };
    const timer = timers.after(delayMs, () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
