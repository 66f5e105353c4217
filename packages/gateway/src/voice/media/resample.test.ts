import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelDbfs } from './level.ts';
import { resample, Resampler } from './resample.ts';
import { errorEnergy, joined, tone } from './test/sound.ts';

const ratios = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000].flatMap((from) =>
  [16_000, 24_000].map((to): [number, number] => [from, to]),
);

/** The signal without its ends, where filters see silence. */
const middle = (pcm: Int16Array): Int16Array => pcm.subarray(400, pcm.length - 400);

describe('another rate', () => {
  it.each(ratios)('%i to %i Hz keeps tones as they are, in length, phase and level', (from, to) => {
    for (const hz of [100, 440, 1000, 3000]) {
      const resampled = resample(tone(hz, 200, from), from, to);
      const wanted = tone(hz, 200, to);
      expect(Math.abs(resampled.length - wanted.length)).toBeLessThanOrEqual(1);
      const length = Math.min(resampled.length, wanted.length);
      const error = errorEnergy(middle(resampled.subarray(0, length)), middle(wanted.subarray(0, length)));
      expect(10 * Math.log10(error / (10_000 ** 2 / 2))).toBeLessThan(-60);
    }
  });

  it('leaves nothing of what is too high for it', () => {
    for (const hz of [9_000, 10_000, 11_500, 15_000]) {
      expect(levelDbfs(middle(resample(tone(hz, 200, 48_000), 48_000, 16_000)))).toBeLessThan(-60);
    }
    expect(levelDbfs(middle(resample(tone(9_500, 200, 22_050), 22_050, 16_000)))).toBeLessThan(-60);
  });

  it('clips what is too loud instead of wrapping around', () => {
    const square = Int16Array.from({ length: 2000 }, (_, index) => (index % 100 < 50 ? 32_767 : -32_768));
    const resampled = resample(square, 16_000, 24_000);
    const inside = resampled.filter(
      (_, index) => Math.floor(index / 1.5) % 50 > 5 && Math.floor(index / 1.5) % 50 < 45,
    );
    expect(Math.min(...Array.from(inside, Math.abs))).toBeGreaterThan(25_000);
  });

  it('is the same whatever the chunks', () => {
    const sound = tone(777, 100, 22_050);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 12 }),
        fc.constantFrom(...ratios),
        (cuts, [from, to]) => {
          const resampler = new Resampler(from, to);
          const outputs: Int16Array[] = [];
          let at = 0;
          for (const cut of [...cuts, sound.length]) {
            outputs.push(resampler.push(sound.slice(at, at + cut)));
            at += cut;
          }
          outputs.push(from === to ? new Int16Array() : resampler.flush());
          expect(joined(outputs)).toEqual(resample(sound, from, to));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('that is the same changes nothing', () => {
    const sound = tone(440, 20, 16_000);
    expect(resample(sound, 16_000, 16_000)).toEqual(sound);
  });
});
