import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpeechDetector, SpeechDetectors } from '../../ports/speech-detector.ts';
import { noise, spoken } from '../../test/spoken.ts';
import { createSileroDetectors } from './silero-detectors.ts';

const windowSamples = 512;

function windowsOf(pcm: Int16Array): Float32Array[] {
  const count = Math.floor(pcm.length / windowSamples);
  return Array.from({ length: count }, (_, index) =>
    Float32Array.from(pcm.subarray(index * windowSamples, (index + 1) * windowSamples), (sample) => sample / 32_768),
  );
}

async function probabilities(detector: SpeechDetector, pcm: Int16Array): Promise<number[]> {
  const all: number[] = [];
  for (const window of windowsOf(pcm)) all.push(await detector.probability(window));
  return all;
}

describe('detection by Silero', () => {
  let detectors: SpeechDetectors;
  let sentence: Int16Array;

  beforeAll(async () => {
    detectors = await createSileroDetectors();
    sentence = await spoken('I want to talk to a human about my opening hours');
  });
  afterAll(() => detectors.close());

  it('hears speech from beginning to end, and none after it', async () => {
    const heard = await probabilities(detectors.open(), sentence);
    const speech = heard.filter((probability) => probability > 0.5);
    expect(speech.length / heard.length).toBeGreaterThan(0.6);
    expect(heard.findIndex((probability) => probability > 0.5)).toBeLessThan(12);
    expect(heard.at(-1)).toBeLessThan(0.1);
  });

  it('takes noise for no speech', async () => {
    const heard = await probabilities(detectors.open(), noise(2, 3000));
    expect(Math.max(...heard)).toBeLessThan(0.5);
  });

  it('is sure of digital silence without the model', async () => {
    expect(new Set(await probabilities(detectors.open(), new Int16Array(16_000)))).toEqual(new Set([0]));
  });

  it('judges calls together as it judges them alone, however many there are', async () => {
    const alone = await probabilities(detectors.open(), sentence);
    const others = Array.from({ length: 39 }, () => probabilities(detectors.open(), noise(2, 3000)));
    const together = await probabilities(detectors.open(), sentence);
    for (const [index, probability] of together.entries()) expect(probability).toBeCloseTo(alone[index] ?? -1, 5);
    const noises = await Promise.all(others);
    expect(new Set(noises.map((heard) => heard.map((value) => value.toFixed(4)).join())).size).toBe(1);
  });
});
