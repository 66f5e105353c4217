// Sound for tests of the media path.
import { seededRandom } from './random.ts';

/** A tone, mono. `amplitude`: 0 to 32767. */
export function tone(hz: number, ms: number, rate: number, amplitude = 10_000): Int16Array {
  const samples = Math.round((ms * rate) / 1000);
  return Int16Array.from({ length: samples }, (_, index) => amplitude * Math.sin((2 * Math.PI * hz * index) / rate));
}

/** Something like speech, mono: a gliding voice with overtones in syllables of 200 ms, a pause of 200 ms each second. */
export function babble(ms: number, rate: number): Int16Array {
  const random = seededRandom(7);
  let phase = 0;
  return Int16Array.from({ length: Math.round((ms * rate) / 1000) }, (_, index) => {
    const seconds = index / rate;
    phase += (2 * Math.PI * (140 + 40 * Math.sin(2 * Math.PI * 0.9 * seconds))) / rate;
    const isPause = seconds % 1 >= 0.8;
    const loudness = isPause ? 0 : Math.sin(Math.PI * ((seconds % 0.2) / 0.2)) ** 0.5;
    let voice = 0;
    for (let overtone = 1; overtone <= 12; overtone += 1) voice += Math.sin(overtone * phase) / overtone;
    return 5000 * loudness * voice + 20 * (random() - 0.5);
  });
}

/** Frames of 20 ms; what is left at the end is dropped. */
export function framesOf(pcm: Int16Array, rate: number): Int16Array[] {
  const samples = rate / 50;
  return Array.from({ length: Math.floor(pcm.length / samples) }, (_, index) =>
    pcm.slice(index * samples, (index + 1) * samples),
  );
}

/** All samples, one after the other. */
export function joined(frames: readonly Int16Array[]): Int16Array {
  const pcm = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    pcm.set(frame, at);
    at += frame.length;
  }
  return pcm;
}

/** Mean square of the difference of two signals of one length. */
export function errorEnergy(one: Int16Array, other: Int16Array): number {
  return one.reduce((sum, sample, index) => sum + (sample - (other[index] ?? 0)) ** 2, 0) / one.length;
}

/** Frequency of a tone, by its zero crossings. Hz. */
export function frequencyOf(pcm: Int16Array, rate: number): number {
  const crossings: number[] = [];
  for (let index = 1; index < pcm.length; index += 1) {
    const [before = 0, after = 0] = pcm.subarray(index - 1, index + 1);
    if (before < 0 && after >= 0) crossings.push(index - after / (after - before));
  }
  const [first = 0, last = 0] = [crossings[0], crossings.at(-1)];
  return ((crossings.length - 1) * rate) / (last - first);
}
