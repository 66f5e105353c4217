// How long a pause must be to mean that the caller has finished: short after what sounds finished, long after what
// asks to be continued.

/** What the length of a pause is judged by. */
export interface PauseContext {
  minSilenceMs: number;
  maxSilenceMs: number;
  /** What callers are likely to say; one of these on its own is complete. */
  phrases: readonly string[];
}

/** Words after which more is to come. */
const unfinished = wordSet(
  'and or but so because if when that which with for to of in on at from the a an my your is are like well then',
  'um uh uhm er erm eh euh äh ähm öh',
  'et ou mais donc car que qui de du des le la les un une à mon ma mes pour avec est alors dans sur',
  'und oder aber also weil dass wenn der die das den dem ein eine mein meine mit für von zu im am ist dann',
  'y o pero porque si con para por en el los las una mi es este',
);

/** Answers that are complete in one word. */
const answers = wordSet(
  'yes no yeah yep nope okay ok sure thanks please goodbye bye hello stop',
  'oui non merci bonjour ja nein danke hallo sí gracias hola',
);

/** Words by which numbers are dictated. */
const numerals = wordSet(
  'zero oh one two three four five six seven eight nine double triple plus',
  'zéro deux trois quatre cinq sept huit neuf null eins zwei drei vier fünf sechs sieben acht neun',
  'cero uno dos tres cuatro cinco seis siete ocho nueve',
);

/**
 * The pause in ms that ends an utterance of which `partial` was understood so far; null when the recogniser says
 * nothing before the end, so that there is nothing to go by.
 */
export function endingPauseMs(partial: string | null, context: PauseContext): number {
  const { minSilenceMs, maxSilenceMs } = context;
  const middleMs = Math.round((minSilenceMs + maxSilenceMs) / 2);
  if (partial === null) return middleMs;
  const words = wordsOf(partial);
  const last = words.at(-1);
  if (last === undefined) return maxSilenceMs;
  if (isKnown(words, context.phrases)) return minSilenceMs;
  if (unfinished.has(last) || numerals.has(last) || /\d$/.test(last) || /[,:;–—-]$/.test(partial.trim())) {
    return maxSilenceMs;
  }
  return /[.!?。！？]["'”’»)]*$/.test(partial.trim()) ? minSilenceMs : middleMs;
}

function isKnown(words: readonly string[], phrases: readonly string[]): boolean {
  if (words.length === 1 && answers.has(words[0] ?? '')) return true;
  const said = words.join(' ');
  return phrases.some((phrase) => wordsOf(phrase).join(' ') === said);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
}

function wordSet(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
