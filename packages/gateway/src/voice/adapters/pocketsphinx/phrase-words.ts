// The words of phrases and how they are pronounced.

/** A phrase as a recogniser writes it: lower case, no punctuation. '' when nothing is left. */
export function plainWords(phrase: string): string {
  return phrase
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}']+/gu, ' ')
    .replaceAll(/(?<!\p{L})'|'(?!\p{L})/gu, '')
    .trim();
}

/** Words by their pronunciations, each a row of phones such as `HH AH L OW`. */
export type Pronunciations = ReadonlyMap<string, readonly string[]>;

/**
 * Reads of a dictionary (CMU format: `word PH O NES`, further pronunciations as `word(2)`) only what is needed for
 * `words`: 134,000 lines aren't kept in memory for the sake of a hundred.
 */
export function pronunciationsOf(words: Iterable<string>, dictionary: string): Pronunciations {
  const wanted = [...new Set(words)];
  const parts = new Set(wanted.flatMap(partsOf));
  const known = new Map<string, string[]>();
  for (const [, word, phones] of dictionary.matchAll(/^([^\s(]+)(?:\(\d+\))? (.+)$/gm)) {
    if (word === undefined || phones === undefined || !parts.has(word)) continue;
    known.set(word, [...(known.get(word) ?? []), phones]);
  }
  const found = wanted.map((word) => [word, known.get(word) ?? spelledOut(word, known)] as const);
  return new Map(found.filter(([, pronunciations]) => pronunciations.length > 0));
}

/** Every run of at least two letters in a word, the word itself included; a word of one letter is its only part. */
function partsOf(word: string): string[] {
  const parts = [word];
  for (let from = 0; from < word.length; from += 1)
    for (let to = from + 2; to <= word.length; to += 1) parts.push(word.slice(from, to));
  return parts;
}

/** A word that isn't in the dictionary, as the fewest words that are: `convo` sounds like `con` and `vo`. */
function spelledOut(word: string, known: Pronunciations): string[] {
  /** The shortest row of parts up to each place in the word. */
  const best: (string[] | undefined)[] = [[]];
  for (let to = 1; to <= word.length; to += 1) {
    for (let from = to - 2; from >= 0; from -= 1) {
      const phones = known.get(word.slice(from, to))?.[0];
      const before = best[from];
      if (phones === undefined || before === undefined) continue;
      if (before.length + 1 < (best[to]?.length ?? Infinity)) best[to] = [...before, phones];
    }
  }
  const parts = best[word.length];
  return parts ? [parts.join(' ')] : [];
}
