import { describe, expect, it } from 'vitest';
import { levelOf } from './audio-level.ts';

/** A wave that is as long as a look at a stream. */
function wave(amplitude: number): Float32Array {
  return Float32Array.from({ length: 512 }, (_, index) => amplitude * Math.sin(index / 5));
}

describe('the level of a stream', () => {
  it('is nothing in silence, and full when somebody shouts', () => {
    expect(levelOf(wave(0))).toBe(0);
    expect(levelOf(wave(1))).toBe(1);
  });

  it('grows as the ear hears it: each doubling is a step', () => {
    const [quiet = 0, middle = 0, loud = 0] = [0.02, 0.04, 0.08].map((amplitude) => levelOf(wave(amplitude)));
    expect(middle - quiet).toBeCloseTo(loud - middle, 2);
    expect(middle).toBeGreaterThan(quiet);
  });
});
