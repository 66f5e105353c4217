// Cuts a growing Markdown text into sentences that can be said one after the other; the first may be a clause, so
// that the voice begins early. Knows no clock.
import { spansOf, spokenTextOf } from './speakable.ts';
import type { Span } from './speakable.ts';

/** A sentence, or a clause or line that is said like one. */
export interface Sentence {
  /** What is said; '' when there is nothing to say. */
  spoken: string;
  spans: readonly Span[];
}

/** A first sentence longer than this begins with its first clause. Characters. */
const LONG_FIRST_SENTENCE = 80;
const WORDS_OF_A_CLAUSE = 3;
/** So many characters without a sentence's end, and the end of a clause or word will do. */
const LONGEST_SENTENCE = 300;

const abbreviations = new Set(
  [
    'mr mrs ms dr prof sr jr st vs etc inc ltd no nos vol fig ca approx dept est gen col sgt capt rev hon tel ext ave',
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun',
    'bzw usw ggf evtl vgl nr str mme mlle sra srta ud uds pág art',
  ].flatMap((line) => line.split(' ')),
);

/** Cuts the text of one message. */
export class SentenceCutter {
  #pending = '';
  #isFirst = true;

  /** Takes text; returns the sentences that are complete with it. */
  push(text: string): Sentence[] {
    this.#pending += text;
    const sentences: Sentence[] = [];
    for (let cut = this.#nextCut(); cut > 0; cut = this.#nextCut()) sentences.push(this.#take(cut));
    return sentences;
  }

  /** The rest, for no more text comes. */
  flush(): Sentence[] {
    const rest = this.#pending === '' ? [] : [this.#take(this.#pending.length)];
    this.#isFirst = true;
    return rest;
  }

  #take(end: number): Sentence {
    const sentence = sentenceOf(this.#pending.slice(0, end));
    this.#pending = this.#pending.slice(end);
    if (sentence.spoken !== '') this.#isFirst = false;
    return sentence;
  }

  /** Where the first sentence of what is pending ends, white space included; 0 while it doesn't. */
  #nextCut(): number {
    if (/^\s*(?:`{3}|~{3})/.test(this.#pending)) return endOfFence(this.#pending);
    const text = this.#pending.slice(0, LONGEST_SENTENCE);
    const sentence = firstCut(text, endsSentence);
    if (this.#isFirst && (sentence === 0 || sentence > LONG_FIRST_SENTENCE)) {
      const clause = firstCut(text, endsClause);
      if (clause > 0) return clause;
    }
    if (sentence > 0 || this.#pending.length <= LONGEST_SENTENCE) return sentence;
    return lastCut(text);
  }
}

/** The whole of a text, cut into sentences. */
export function sentencesIn(text: string): Sentence[] {
  const cutter = new SentenceCutter();
  return [...cutter.push(text), ...cutter.flush()];
}

function sentenceOf(markdown: string): Sentence {
  const spans = spansOf(markdown);
  return { spoken: spokenTextOf(spans), spans };
}

/** A word, behind which a text may be cut. */
interface Word {
  text: string;
  /** The white space behind it. */
  gap: string;
  /** How many words there are so far, itself included. */
  count: number;
  /** Where the gap ends. */
  end: number;
}

/** Words that are complete: there is white space behind them, or they end in a full stop that needs none. */
function* wordsOf(text: string): Generator<Word> {
  let count = 0;
  for (const { 0: all, 1: word = '', 2: gap = '', index } of text.matchAll(
    /\s*(\S*?[。！？]+(?=\S)|\S+(?=\s))(\s*)/g,
  )) {
    count += 1;
    yield { text: word, gap, count, end: index + all.length };
  }
}

function firstCut(text: string, isWanted: (word: Word) => boolean): number {
  for (const word of wordsOf(text)) {
    if (isWanted(word) && !isInsideMarkup(text.slice(0, word.end))) return word.end;
  }
  return 0;
}

function lastCut(text: string): number {
  const word = [...wordsOf(text)].findLast(({ end }) => !isInsideMarkup(text.slice(0, end)));
  return word?.end ?? text.length;
}

function endsSentence({ text, gap }: Word): boolean {
  if (gap.includes('\n')) return true;
  const [, word = '', stop = ''] = /^(.*?)([.!?…。！？]+)["'”’»)\]*_~`]*$/.exec(text) ?? [];
  return stop === '.' ? !staysOpen(word) : stop !== '';
}

function endsClause({ text, count }: Word): boolean {
  return count >= WORDS_OF_A_CLAUSE && /(?<!\d)[,;:–—]$/.test(text);
}

/** Whether the full stop behind a word belongs to it: "Dr", "z.B", the initial "J", the "3" of a date or a list. */
function staysOpen(word: string): boolean {
  const plain = word.replace(/^[^\p{L}\p{N}]+/u, '');
  if (plain === 'I') return false;
  return /^(?:\p{L}|\d{1,2}|(?:\p{L}\.)+\p{L})$/u.test(plain) || abbreviations.has(plain.toLowerCase());
}

/** Inside a code span, the label or address of a link, or a tag. */
function isInsideMarkup(before: string): boolean {
  const hasOpenCode = (before.match(/`+/g)?.length ?? 0) % 2 === 1;
  return hasOpenCode || /\[[^\]]*$|\]\([^)]*$|<[a-zA-Z/][^>]*$/.test(before);
}

/** Where a fenced block of code ends, the line of its closing marker included; 0 while it is open. */
function endOfFence(text: string): number {
  return /^\s*(`{3,}|~{3,})(?![`~])[^\n]*\n(?:[^]*?\n)??[ \t]*\1[`~]*[ \t]*(?:\n|$)/.exec(text)?.[0].length ?? 0;
}
