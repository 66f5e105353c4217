// Which intent of a script fits what the user said or pressed.
import type { Intent } from './script.ts';

/** Finds intents; made once for a script, because phrases are prepared beforehand. */
export interface IntentFinder {
  /** The first intent, in the order of the file, one of whose phrases occurs in `text`. */
  byText(text: string): Intent | undefined;
  /** The first intent that one of whose touch-tones is exactly `digits`. */
  byTones(digits: string): Intent | undefined;
}

/** Prepares the intents of a script. */
export function intentFinder(intents: readonly Intent[]): IntentFinder {
  const prepared = intents.map((intent) => ({ intent, phrases: intent.contains?.map(words) ?? [] }));
  return {
    byText(text) {
      const said = words(text);
      return prepared.find(({ phrases }) => phrases.some((phrase) => said.includes(phrase)))?.intent;
    },
    byTones: (digits) => intents.find((intent) => intent.tones?.includes(digits)),
  };
}

// ` whole words `, without case, accents and punctuation, so that "link" isn't found in "blink".
function words(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}
