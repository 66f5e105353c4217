import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeTime } from './fake-time.ts';
import { silentLog } from './log.ts';
import type { LogFields } from './log.ts';
import { keepForDays } from './retention.ts';

const HOUR_MS = 3_600_000;

/** Things whose deletions are written down and end when the test says so. */
function things() {
  const asked: number[] = [];
  const endings: { resolve: (removed: number) => void; reject: (error: Error) => void }[] = [];
  return {
    name: 'Things',
    asked,
    endings,
    deleteBefore(ms: number): Promise<number> {
      asked.push(ms);
      return new Promise((resolve, reject) => endings.push({ resolve, reject }));
    },
  };
}

describe('keepForDays', () => {
  it('deletes at once and every hour what is that many days old, until it is cancelled', async () => {
    const time = new FakeTime(100 * 24 * HOUR_MS);
    const kept = things();
    const retention = keepForDays(kept, { days: 30, clock: time, timers: time, log: silentLog });
    expect(kept.asked).toEqual([70 * 24 * HOUR_MS]);
    kept.endings[0]?.resolve(1);
    await nextTurn();
    time.advance(HOUR_MS);
    expect(kept.asked).toEqual([70 * 24 * HOUR_MS, (70 * 24 + 1) * HOUR_MS]);
    retention.cancel();
    kept.endings[1]?.resolve(0);
    await nextTurn();
    time.advance(10 * HOUR_MS);
    expect(kept.asked).toHaveLength(2);
  });

  it('keeps everything for ever when the days are 0', () => {
    const time = new FakeTime();
    const kept = things();
    keepForDays(kept, { days: 0, clock: time, timers: time, log: silentLog }).cancel();
    time.advance(1_000 * HOUR_MS);
    expect(kept.asked).toEqual([]);
  });

  it('does not begin a round while one is under way', () => {
    const time = new FakeTime();
    const kept = things();
    keepForDays(kept, { days: 1, clock: time, timers: time, log: silentLog });
    time.advance(5 * HOUR_MS);
    expect(kept.asked).toHaveLength(1);
  });

  it('logs a round that failed and tries again at the next', async () => {
    const time = new FakeTime();
    const kept = things();
    const error = new Error('locked');
    const logged = new Promise<LogFields>((resolve) => {
      keepForDays(kept, { days: 1, clock: time, timers: time, log: { ...silentLog, error: resolve } });
    });
    kept.endings[0]?.reject(error);
    expect(await logged).toEqual({ err: error });
    await nextTurn();
    time.advance(HOUR_MS);
    expect(kept.asked).toHaveLength(2);
  });
});
