// Forgets sessions and calls some days after their end.
import type { Clock, Log, Timer, Timers } from '../kit/index.ts';
import type { Store } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Between two rounds; a session may live this much longer than it should. */
const ROUND_MS = 60 * 60 * 1000;

/** What retention goes by. */
export interface RetentionOptions {
  /** Days from the end of a session or call to its deletion; 0 keeps them for ever. */
  days: number;
  clock: Clock;
  timers: Timers;
  log: Log;
}

/** Deletes what is too old, at once and then every hour, until the returned timer is cancelled. */
export function startRetention(store: Pick<Store, 'purge'>, { days, clock, timers, log }: RetentionOptions): Timer {
  if (days === 0) return { cancel() {} };
  let busy = false;

  async function round(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const removed = await store.purge({ endedBeforeMs: clock.nowMs() - days * DAY_MS });
      if (removed > 0) log.info({ removed, days }, 'Sessions past their retention were deleted');
    } catch (error) {
      log.error({ err: error }, 'Sessions past their retention could not be deleted');
    } finally {
      busy = false;
    }
  }

  void round();
  return timers.every(ROUND_MS, () => void round());
}
