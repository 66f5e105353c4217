// Detection of speech by loudness alone, where the model can't be loaded. It takes any sound that stands out of the
// background for speech: a cough, music, a door.

import type { SpeechDetector, SpeechDetectors } from '../../ports/speech-detector.ts';

/** How far above the background (dB) a window counts as speech with a probability of one half, and how steeply. */
const halfwayDb = 15;
const steepnessDb = 3;

/** Quieter than this nothing is speech, however quiet the background is. */
const quietestSpeechDb = -50;

/** What a line is like before it was heard. */
const assumedBackgroundDb = -60;

/** How fast the background is thought to rise, dB per window of 32 ms; it falls at once. */
const riseDb = 0.06;

/** Makes detectors that only compare a window with the quietest of the last seconds. */
export function createEnergyDetectors(): SpeechDetectors {
  return { open: () => new EnergyDetector(), close: async () => {} };
}

class EnergyDetector implements SpeechDetector {
  #backgroundDb = assumedBackgroundDb;

  async probability(window: Float32Array): Promise<number> {
    const loudnessDb = loudness(window);
    this.#backgroundDb = Math.min(this.#backgroundDb + riseDb, Math.max(loudnessDb, assumedBackgroundDb));
    if (loudnessDb < quietestSpeechDb) return 0;
    return 1 / (1 + Math.exp((halfwayDb - (loudnessDb - this.#backgroundDb)) / steepnessDb));
  }

  close(): void {}
}

/** dBFS. */
function loudness(window: Float32Array): number {
  let sum = 0;
  for (const sample of window) sum += sample * sample;
  return 10 * Math.log10(sum / window.length + 1e-12);
}
