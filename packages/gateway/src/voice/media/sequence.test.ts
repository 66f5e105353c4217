import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extendSequence,
  extendTimestamp,
  sequenceDistance,
  timestampDistance,
  wrapSequence,
  wrapTimestamp,
} from './sequence.ts';

describe('distances', () => {
  it.each([
    [0, 1, 1],
    [1, 0, -1],
    [65_535, 0, 1],
    [0, 65_535, -1],
    [65_500, 100, 136],
    [0, 32_767, 32_767],
    [0, 32_768, -32_768],
  ])('from sequence %i to %i are %i', (from, to, distance) => {
    expect(sequenceDistance(from, to)).toBe(distance);
  });

  it.each([
    [0, 960, 960],
    [4_294_967_295, 959, 960],
    [959, 4_294_967_295, -960],
  ])('from timestamp %i to %i are %i', (from, to, distance) => {
    expect(timestampDistance(from, to)).toBe(distance);
  });
});

describe('extended counters', () => {
  it('go on where the counter on the wire wraps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 200 }),
        (start, steps) => {
          let truth = start;
          let extended = start;
          for (const step of steps) {
            truth += step;
            extended = extendSequence(extended, wrapSequence(truth));
            expect(extended).toBe(truth);
          }
        },
      ),
    );
  });

  it('go on where timestamps wrap, also after days', () => {
    const days = 20 * 4_294_967_296 + 4_294_967_000;
    expect(extendTimestamp(days, wrapTimestamp(days + 960))).toBe(days + 960);
    expect(extendTimestamp(days, wrapTimestamp(days - 960))).toBe(days - 960);
    expect(wrapTimestamp(-960)).toBe(4_294_966_336);
  });
});
