import { describe, expect, it } from 'vitest';
import { estimateMos, receivedQuality } from './mos.ts';

describe('the estimated opinion of a call', () => {
  it.each([
    [{ lossPercent: 0, jitterMs: 5, rttMs: 60 }, 4.38],
    [{ lossPercent: 2, jitterMs: 20, rttMs: 150 }, 4.2],
    [{ lossPercent: 8, jitterMs: 60, rttMs: 400 }, 2.69],
  ])('of %o is %f, as the specification says', (quality, mos) => {
    expect(estimateMos(quality)).toBeCloseTo(mos, 2);
  });

  it('never leaves its scale by much', () => {
    expect(estimateMos({ lossPercent: 100, jitterMs: 1000, rttMs: 5000 })).toBe(1);
    expect(estimateMos({ lossPercent: 0, jitterMs: 0, rttMs: 0 })).toBeLessThan(4.5);
  });
});

it('what could not be hidden in a stretch of time is its loss', () => {
  const before = { concealedMs: 100 };
  const after = { concealedMs: 300, jitterMs: 12 };
  expect(receivedQuality(before, after, { elapsedMs: 10_000, rttMs: 80 })).toEqual({
    rttMs: 80,
    jitterMs: 12,
    lossPercent: 2,
  });
  expect(receivedQuality(before, after, { elapsedMs: 0, rttMs: 80 }).lossPercent).toBe(0);
});
