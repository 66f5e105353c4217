import { expect, it } from 'vitest';
import { noise, spoken } from '../../test/spoken.ts';
import { createEnergyDetectors } from './energy-detectors.ts';

async function loudWindows(pcm: Int16Array): Promise<number> {
  const detector = createEnergyDetectors().open();
  let loud = 0;
  for (let at = 0; at + 512 <= pcm.length; at += 512) {
    const window = Float32Array.from(pcm.subarray(at, at + 512), (sample) => sample / 32_768);
    if ((await detector.probability(window)) > 0.5) loud += 1;
  }
  return loud / Math.floor(pcm.length / 512);
}

it('hears a sentence', async () => {
  expect(await loudWindows(await spoken('This is loud enough to be heard'))).toBeGreaterThan(0.5);
});

it('hears nothing in silence and in a quiet room', async () => {
  expect(await loudWindows(new Int16Array(16_000))).toBe(0);
  expect(await loudWindows(noise(2, 60))).toBe(0);
});

it('gets used to a steady noise', async () => {
  const windows = noise(30, 1500);
  expect(await loudWindows(windows.subarray(windows.length - 16_000))).toBe(1);
  expect(await loudWindows(windows)).toBeLessThan(0.7);
});
