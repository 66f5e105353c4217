// Deletes recordings some days after their calls.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log, Timer, Timers } from '../../kit/index.ts';
import { startOfRecording } from './recording-name.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Between two rounds; a recording may live this much longer than it should. */
const ROUND_MS = 60 * 60 * 1000;

/** What retention goes by. */
export interface RecordingRetentionOptions {
  directory: string;
  /** Days from a call's beginning to the deletion of its recording; 0 keeps recordings for ever. */
  days: number;
  clock: Clock;
  timers: Timers;
  log: Log;
}

/** Deletes what is too old, at once and then every hour, until the returned timer is cancelled. */
export function startRecordingRetention({ directory, days, clock, timers, log }: RecordingRetentionOptions): Timer {
  if (days === 0) return { cancel() {} };
  let busy = false;

  async function round(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const removed = await removeOlder(directory, clock.nowMs() - days * DAY_MS);
      if (removed > 0) log.info({ removed, days }, 'Recordings past their retention were deleted');
    } catch (error) {
      log.error({ err: error }, 'Recordings past their retention could not be deleted');
    } finally {
      busy = false;
    }
  }

  void round();
  return timers.every(ROUND_MS, () => void round());
}

/** Deletes recordings of calls that began before the moment. One that can't be deleted keeps no other from it. */
async function removeOlder(directory: string, beforeMs: number): Promise<number> {
  const old = (await namesIn(directory)).filter((name) => (startOfRecording(name) ?? Infinity) < beforeMs);
  // Another process may be quicker.
  const attempts = await Promise.allSettled(old.map((name) => rm(join(directory, name), { force: true })));
  const failure = attempts.find((attempt) => attempt.status === 'rejected');
  if (failure) throw failure.reason;
  return old.length;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // Nothing was ever recorded.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
