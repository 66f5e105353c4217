import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeTime, silentLog, type LogFields } from '../kit/index.ts';
import { startRetention } from './retention.ts';

const HOUR_MS = 3_600_000;

/** A store whose purges are written down and end when the test says so. */
function purging() {
  const asked: number[] = [];
  const endings: { resolve: (removed: number) => void; reject: (error: Error) => void }[] = [];
  return {
    asked,
    endings,
    purge({ endedBeforeMs }: { endedBeforeMs: number }): Promise<number> {
      asked.push(endedBeforeMs);
      return new Promise((resolve, reject) => endings.push({ resolve, reject }));
    },
  };
}

describe('retention', () => {
  it('deletes at once and every hour what ended that many days ago, until it is cancelled', async () => {
    const time = new FakeTime(100 * 24 * HOUR_MS);
    const store = purging();
    const retention = startRetention(store, { days: 30, clock: time, timers: time, log: silentLog });
    expect(store.asked).toEqual([70 * 24 * HOUR_MS]);
    store.endings[0]?.resolve(1);
    await nextTurn();
    time.advance(HOUR_MS);
    expect(store.asked).toEqual([70 * 24 * HOUR_MS, (70 * 24 + 1) * HOUR_MS]);
    retention.cancel();
    store.endings[1]?.resolve(0);
    await nextTurn();
    time.advance(10 * HOUR_MS);
    expect(store.asked).toHaveLength(2);
  });

  it('keeps everything for ever when the days are 0', () => {
    const time = new FakeTime();
    const store = purging();
    startRetention(store, { days: 0, clock: time, timers: time, log: silentLog }).cancel();
    time.advance(1_000 * HOUR_MS);
    expect(store.asked).toEqual([]);
  });

  it('does not begin a round while one is under way', () => {
    const time = new FakeTime();
    const store = purging();
    startRetention(store, { days: 1, clock: time, timers: time, log: silentLog });
    time.advance(5 * HOUR_MS);
    expect(store.asked).toHaveLength(1);
  });

  it('logs a round that failed and tries again at the next', async () => {
    const time = new FakeTime();
    const store = purging();
    const error = new Error('locked');
    const logged = new Promise<LogFields>((resolve) => {
      startRetention(store, { days: 1, clock: time, timers: time, log: { ...silentLog, error: resolve } });
    });
    store.endings[0]?.reject(error);
    expect(await logged).toEqual({ err: error });
    await nextTurn();
    time.advance(HOUR_MS);
    expect(store.asked).toHaveLength(2);
  });
});
