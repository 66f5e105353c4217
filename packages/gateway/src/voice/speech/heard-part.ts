// How much of a sentence was heard, judged by how long it was played.
import type { Sentence } from './sentences.ts';

/** Speech takes about so long per character; for sentences whose whole length isn't known yet. */
export const MS_PER_CHARACTER = 65;

/** How many spans of the sentence lie wholly within the part of it that was heard, a number from 0 to 1. */
export function heardSpans({ spans }: Sentence, heardPart: number): number {
  const total = spans.reduce((length, { spoken }) => length + spoken.length, 0);
  let end = 0;
  let count = 0;
  for (const { spoken } of spans) {
    end += spoken.length;
    if (spoken.trimEnd() !== '' && end - (spoken.length - spoken.trimEnd().length) > heardPart * total) break;
    count += 1;
  }
  return count;
}
