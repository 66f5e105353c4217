import { describe, expect, it } from 'vitest';
import { estimateMos } from './mos.ts';

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
