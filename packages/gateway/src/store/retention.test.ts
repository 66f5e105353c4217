import { expect, it } from 'vitest';
import { FakeTime, silentLog } from '../kit/index.ts';
import { startRetention } from './retention.ts';

const DAY_MS = 24 * 3_600_000;

it('retention of sessions deletes those that ended that many days ago', () => {
  const time = new FakeTime(100 * DAY_MS);
  const asked: unknown[] = [];
  const store = { purge: async (wanted: unknown) => asked.push(wanted) };
  startRetention(store, { days: 30, clock: time, timers: time, log: silentLog }).cancel();
  expect(asked).toEqual([{ endedBeforeMs: 70 * DAY_MS }]);
});
