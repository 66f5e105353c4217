import { describe, expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import { never } from './test/turns.ts';
import { type RetryAdvice, withRetries } from './with-retries.ts';

/** Fails for ever, lets time pass as it is waited for, and returns when each attempt was made. */
async function attemptsOf(advice: RetryAdvice, retries = 3): Promise<number[]> {
  const time = new FakeTime(0);
  const attempts: number[] = [];
  const work = (): Promise<never> => {
    attempts.push(time.nowMs());
    return Promise.reject(new Error('busy'));
  };
  const timers = {
    every: time.every.bind(time),
    after: (delayMs: number, action: () => void) => {
      const timer = time.after(delayMs, action);
      queueMicrotask(() => time.advance(delayMs));
      return timer;
    },
  };
  const rules = { retries, advice: () => advice, timers, clock: time, signal: never };
  await expect(withRetries(work, rules)).rejects.toThrow('busy');
  return attempts;
}

describe('what fails is done again', () => {
  it.each<[string, RetryAdvice, number[]]>([
    ['after longer and longer waits', { retry: true, retryAfter: null }, [0, 500, 1500, 3500]],
    ['after the seconds that were asked for', { retry: true, retryAfter: '2' }, [0, 2000, 4000, 6000]],
    [
      'at the date that was asked for',
      { retry: true, retryAfter: 'Thu, 01 Jan 1970 00:00:07 GMT' },
      [0, 7000, 7000, 7000],
    ],
    ['when asked for nonsense, as if asked for nothing', { retry: true, retryAfter: 'soon' }, [0, 500, 1500, 3500]],
    ['but not when that takes too long', { retry: true, retryAfter: '60' }, [0]],
    ['but not when it cannot help', { retry: false }, [0]],
  ])('%s', async (_what, advice, attempts) => {
    expect(await attemptsOf(advice)).toEqual(attempts);
  });

  it('as often as allowed', async () => {
    expect(await attemptsOf({ retry: true, retryAfter: '0' }, 0)).toEqual([0]);
    expect(await attemptsOf({ retry: true, retryAfter: '0' }, 2)).toEqual([0, 0, 0]);
  });
});

it('stops waiting when called off, with the failure', async () => {
  const controller = new AbortController();
  const time = new FakeTime();
  const work = (): Promise<never> => {
    queueMicrotask(() => queueMicrotask(() => controller.abort()));
    return Promise.reject(new Error('busy'));
  };
  const advice = (): RetryAdvice => ({ retry: true, retryAfter: '5' });
  const rules = { retries: 1, advice, timers: time, clock: time, signal: controller.signal };
  await expect(withRetries(work, rules)).rejects.toThrow('busy');
});

it('returns what succeeds', async () => {
  const time = new FakeTime();
  const advice = (): RetryAdvice => ({ retry: false });
  expect(await withRetries(async () => 7, { retries: 1, advice, timers: time, clock: time, signal: never })).toBe(7);
});
