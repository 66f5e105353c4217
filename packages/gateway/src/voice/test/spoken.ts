// Speech for tests: what espeak-ng says, as a microphone would bring it.

import { createEspeakSpeech } from '../adapters/espeak/espeak-speech.ts';
import { resample } from '../media/resample.ts';

const voice = createEspeakSpeech();

/** A sentence between 0.2 s and 0.3 s of silence: mono, 16 kHz. */
export async function spoken(text: string, language = 'en-US'): Promise<Int16Array> {
  const pieces: number[] = [];
  const { signal } = new AbortController();
  for await (const piece of voice.speak(text, { language, signal })) pieces.push(...piece);
  const padded = [...Array<number>(4800).fill(0), ...pieces, ...Array<number>(7200).fill(0)];
  return resample(Int16Array.from(padded), 24_000, 16_000);
}

/** Steady noise of this amplitude (of 32,767), the same each time: mono, 16 kHz. */
export function noise(seconds: number, amplitude: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: seconds * 16_000 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed / 1_073_741_824 - 1) * amplitude;
  });
}
