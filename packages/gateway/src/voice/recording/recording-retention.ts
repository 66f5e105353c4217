// Deletes recordings some days after their calls.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keepForDays } from '../../kit/index.ts';
import type { RetentionOptions, Timer } from '../../kit/index.ts';
import { startOfRecording } from './recording-name.ts';

/** Deletes recordings in the directory whose calls began too long ago, until the returned timer is cancelled. */
export function startRecordingRetention({ directory, ...options }: RetentionOptions & { directory: string }): Timer {
  return keepForDays({ name: 'Recordings', deleteBefore: (ms) => deleteBefore(ms, directory) }, options);
}

/** Deletes recordings of calls that began before the moment. One that can't be deleted keeps no other from it. */
async function deleteBefore(beforeMs: number, directory: string): Promise<number> {
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
