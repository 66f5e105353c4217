import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTime, silentLog } from '../../kit/index.ts';
import type { LogFields } from '../../kit/index.ts';
import { recordingName } from './recording-name.ts';
import { startRecordingRetention } from './recording-retention.ts';

const DAY_MS = 24 * 3_600_000;

describe('retention of recordings', () => {
  let directory: string;
  let time: FakeTime;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
    time = new FakeTime();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const nameOf = (callId: string, ageMs: number): string => recordingName({ callId, startedMs: time.nowMs() - ageMs });
  const put = (...names: string[]): void => {
    for (const name of names) writeFileSync(join(directory, name), '');
  };

  /** What is logged next. */
  function logged(run: (log: typeof silentLog) => void): Promise<LogFields> {
    return new Promise((resolve) => run({ ...silentLog, info: resolve, error: resolve }));
  }

  it('deletes what is too old, unfinished ones too, at once and every hour, until it is cancelled', async () => {
    const [old, young] = [nameOf('old', 31 * DAY_MS), nameOf('young', 30 * DAY_MS - 1_800_000)];
    put(old, `${old}.part`, young, 'notes.txt');
    let next: (fields: LogFields) => void = () => {};
    const log = { ...silentLog, info: (fields: LogFields) => next(fields) };
    const first = new Promise<LogFields>((resolve) => (next = resolve));
    const retention = startRecordingRetention({ directory, days: 30, clock: time, timers: time, log });
    expect(await first).toEqual({ removed: 2, days: 30 });
    expect(readdirSync(directory).sort()).toEqual([young, 'notes.txt'].sort());

    const second = new Promise<LogFields>((resolve) => (next = resolve));
    time.advance(3_600_000);
    expect(await second).toEqual({ removed: 1, days: 30 });
    expect(readdirSync(directory)).toEqual(['notes.txt']);
    retention.cancel();
  });

  it('keeps recordings for ever when the days are 0', () => {
    put(nameOf('old', 9_000 * DAY_MS));
    startRecordingRetention({ directory, days: 0, clock: time, timers: time, log: silentLog }).cancel();
    time.advance(DAY_MS);
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it('deletes the others when one cannot be deleted, and says so', async () => {
    const stuck = nameOf('a', 2 * DAY_MS);
    mkdirSync(join(directory, stuck));
    put(nameOf('b', 2 * DAY_MS));
    const fields = await logged((log) =>
      startRecordingRetention({ directory, days: 1, clock: time, timers: time, log }),
    );
    expect(fields).toMatchObject({ err: { message: expect.stringContaining(stuck) } });
    expect(readdirSync(directory)).toEqual([stuck]);
  });

  it('has nothing to do where nothing was recorded yet', async () => {
    const complaints: LogFields[] = [];
    const log = { ...silentLog, error: (fields: LogFields) => complaints.push(fields) };
    const later = join(directory, 'later');
    const retention = startRecordingRetention({ directory: later, days: 1, clock: time, timers: time, log });
    await expect(readdir(later)).rejects.toThrow('ENOENT');
    mkdirSync(later);
    writeFileSync(join(later, nameOf('old', 2 * DAY_MS)), '');
    // A round that begins while another is under way is none.
    await vi.waitFor(() => {
      time.advance(3_600_000);
      expect(readdirSync(later)).toEqual([]);
    });
    retention.cancel();
    expect(complaints).toEqual([]);
  });
});
