import { expect, it } from 'vitest';
import { FakeTime } from '../kit/index.ts';
import { RateLimit, limitPerMinute } from './rate-limit.ts';

function takeMany(limit: RateLimit, key: string, count: number): number {
  return Array.from({ length: count }, () => limit.take(key)).filter(({ allowed }) => allowed).length;
}

it('a full bucket gives its burst, then as many as the rate says', () => {
  const time = new FakeTime();
  const limit = new RateLimit({ perSecond: 10, burst: 50, clock: time });
  expect(takeMany(limit, 'a', 100)).toBe(50);
  time.advance(1000);
  expect(takeMany(limit, 'a', 100)).toBe(10);
  time.advance(60_000);
  expect(takeMany(limit, 'a', 100)).toBe(50);
});

it('keys do not touch each other', () => {
  const limit = new RateLimit({ perSecond: 1, burst: 1, clock: new FakeTime() });
  expect(limit.take('a').allowed).toBe(true);
  expect(limit.take('a').allowed).toBe(false);
  expect(limit.take('b').allowed).toBe(true);
});

it('a token that is given back can be taken again', () => {
  const limit = new RateLimit({ perSecond: 1, burst: 2, clock: new FakeTime() });
  takeMany(limit, 'a', 2);
  limit.giveBack('a');
  expect(takeMany(limit, 'a', 5)).toBe(1);
  limit.giveBack('b');
  expect(takeMany(limit, 'b', 5)).toBe(2);
});

it('MSG-024 a refusal says in whole seconds when to come back, and coming back then works', () => {
  const time = new FakeTime();
  const limit = limitPerMinute(20, time);
  takeMany(limit, 'a', 20);
  expect(limit.take('a')).toEqual({ allowed: false, retryAfterSeconds: 3 });
  time.advance(2500);
  expect(limit.take('a')).toEqual({ allowed: false, retryAfterSeconds: 1 });
  time.advance(500);
  expect(limit.take('a')).toEqual({ allowed: true });
});

it('MSG-024 never asks for more than 30 seconds', () => {
  const limit = limitPerMinute(1, new FakeTime());
  limit.take('a');
  expect(limit.take('a')).toEqual({ allowed: false, retryAfterSeconds: 30 });
});

it('refusals do not prolong the wait', () => {
  const time = new FakeTime();
  const limit = new RateLimit({ perSecond: 1, burst: 1, clock: time });
  limit.take('a');
  takeMany(limit, 'a', 1000);
  time.advance(1000);
  expect(limit.take('a').allowed).toBe(true);
});

it.each([3, 7, 30, 120, 6000])('%i per minute are %i per minute, despite rounding', (perMinute) => {
  const time = new FakeTime();
  const limit = limitPerMinute(perMinute, time);
  expect(takeMany(limit, 'a', perMinute + 10)).toBe(perMinute);
  time.advance(60_000);
  expect(takeMany(limit, 'a', perMinute + 10)).toBe(perMinute);
});

it('a limit of 0 is off', () => {
  expect(takeMany(limitPerMinute(0, new FakeTime()), 'a', 10_000)).toBe(10_000);
});

it('remembers no more keys than it may, the busy ones first', () => {
  const limit = new RateLimit({ perSecond: 1, burst: 2, clock: new FakeTime(), maxKeys: 3 });
  for (const key of ['busy', 'b', 'c', 'busy', 'd']) limit.take(key);
  expect(limit.take('busy').allowed).toBe(false);
  expect(takeMany(limit, 'b', 3)).toBe(2);
});
