import { describe, expect, it } from 'vitest';
import { byPlace, estimatedWaitSeconds } from './waiting-order.machine.ts';
import type { Place } from './waiting-order.machine.ts';

const place = (changes: Partial<Place>): Place => ({
  atHead: false,
  priority: 0,
  placeMs: 100,
  openedMs: 100,
  ...changes,
});

describe('the order of a queue', () => {
  it.each<[string, Partial<Place>, Partial<Place>]>([
    ['who has waited longer', { placeMs: 1 }, { placeMs: 2 }],
    ['who has priority, however long the other waited', { priority: 1 }, { placeMs: 1 }],
    ['who was given back, whatever the other has', { atHead: true }, { priority: 9, placeMs: 1 }],
    ['of two given back, who has waited longer', { atHead: true, placeMs: 1 }, { atHead: true, placeMs: 2 }],
    ['who has a place', { placeMs: 9_999 }, { placeMs: null }],
  ])('%s goes first', (_what, first, second) => {
    expect([place(second), place(first)].sort(byPlace)).toEqual([place(first), place(second)]);
  });
});

describe('the estimated wait', () => {
  it('is the time per place of those before, for as many places', () => {
    const past = [
      { waitedMs: 60_000, firstPosition: 1 },
      { waitedMs: 360_000, firstPosition: 3 },
    ];
    expect([1, 2, 3].map((position) => estimatedWaitSeconds(position, past))).toEqual([90, 180, 270]);
  });

  it('is told in steps, and within reason', () => {
    expect(estimatedWaitSeconds(1, [{ waitedMs: 0, firstPosition: 1 }])).toBe(30);
    expect(estimatedWaitSeconds(1, [{ waitedMs: 31_000, firstPosition: 1 }])).toBe(60);
    expect(estimatedWaitSeconds(50, [{ waitedMs: 600_000, firstPosition: 1 }])).toBe(3600);
  });

  it('is unknown when nobody has waited yet', () => {
    expect(estimatedWaitSeconds(1, [])).toBeUndefined();
  });
});
