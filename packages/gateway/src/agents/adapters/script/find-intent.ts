// Which intent of a script fits what the user said or pressed.
import type { Intent } from './script.ts';

/** Finds intents; made once for a script, because phrases are prepared beforehand. */
export interface IntentFinder {
  /** The first intent, in the order of the file, one of whose phrases `text` contains. */
  byText(text: string): Intent | undefined;
  /** The first intent that one of whose touch-tones is exactly `digits`. */
  byTones(digits: string): Intent | undefined;
}

/** Prepares the intents of a script. */
export function intentFinder(intents: readonly Intent[]): IntentFinder {
  const prepared = intents.map((intent) => ({ intent, phrases: intent.contains?.map(plain) ?? [] }));
  return {
    byText(text) {
      const said = plain(text);
      return prepared.find(({ phrases }) => phrases.some((phrase) => said.includes(phrase)))?.intent;
    },
    byTones: (digits) => intents.find((intent) => intent.tones?.includes(digits)),
  };
}

/**
 * Words with one space between them, without case, accents and punctuation. Phrases are looked for in words, too: who
 * asks for links or a telephone number means the link and the phone number.
 */
function plain(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
