import { describe, expect, it } from 'vitest';
import { opinionScore, qualityBetween } from './quality.ts';

const before = { received: 1_000, lost: 10 };

describe('quality of an audio path', () => {
  it.each([
    [0, 5, 60, 4.38],
    [2, 20, 150, 4.2],
    [8, 60, 400, 2.69],
  ])('%i %% loss, %i ms jitter, %i ms round trip score %f, as the voice spec has it', (loss, jitterMs, rttMs, mos) => {
    expect(opinionScore(loss, jitterMs, rttMs)).toBeCloseTo(mos, 2);
  });

  it('counts only what happened since the last look', () => {
    const quality = qualityBetween(before, { received: 1_096, lost: 14, jitterMs: 8, rttMs: 50 });
    expect(quality).toMatchObject({ grade: 'good', lossPercent: 4, jitterMs: 8, rttMs: 50 });
  });

  it('goes by the worse direction', () => {
    const after = { received: 1_100, lost: 10, lossAtGatewayPercent: 10 };
    expect(qualityBetween(before, after)).toMatchObject({ grade: 'fair', lossPercent: 10 });
  });

  it('nothing at all is the worst', () => {
    expect(qualityBetween(before, before)).toMatchObject({ grade: 'poor', lossPercent: 100 });
  });

  it('packets that arrive late after all are no negative loss', () => {
    expect(qualityBetween(before, { received: 1_100, lost: 5 }).lossPercent).toBe(0);
  });
});
