// Keeps things for some days, and deletes them then.
import type { Log } from './log.ts';
import type { Clock, Timer, Timers } from './time.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Between two rounds; a thing may be kept this much longer than it should. */
const ROUND_MS = 60 * 60 * 1000;

/** What retention goes by. */
export interface RetentionOptions {
  /** How long things are kept; 0 keeps them for ever. */
  days: number;
  clock: Clock;
  timers: Timers;
  log: Log;
}

/** Things that are kept for some days. */
export interface Perishables {
  /** What they are called in the log: "Sessions". */
  name: string;
  /** Deletes those from before the moment; resolves with their number. */
  deleteBefore(ms: number): Promise<number>;
}

/** Deletes what is too old, at once and then every hour, until the returned timer is cancelled. */
export function keepForDays(things: Perishables, { days, clock, timers, log }: RetentionOptions): Timer {
  if (days === 0) return { cancel() {} };
  let busy = false;

  async function round(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const removed = await things.deleteBefore(clock.nowMs() - days * DAY_MS);
      if (removed > 0) log.info({ removed, days }, `${things.name} past their retention were deleted`);
    } catch (error) {
      log.error({ err: error }, `${things.name} past their retention could not be deleted`);
    } finally {
      busy = false;
    }
  }

  void round();
  return timers.every(ROUND_MS, () => void round());
}
