// Turns a stream of text pieces into the texts of chunks (MSG spec, section 5): few and large, cut after whole
// sentences, and the first as early as possible. Knows no clock: callers say what time it is.
import { CutFinder } from './cut-finder.ts';

/** So many characters without the end of a sentence, and the end of a word will do. */
const longWithoutSentence = 400;

/** Cuts one message into chunks, whose concatenation is the text that went in. */
export class Chunker {
  readonly #intervalMs: number;
  readonly #cuts = new CutFinder();
  #pending = '';
  /** Whether there is anything but white space in `#pending`. */
  #inked = false;
  /** Where `#pending` may be cut at last: after a sentence, after a word; 0: nowhere. */
  #sentenceCut = 0;
  #wordCut = 0;
  #lastChunkMs: number | null = null;

  /** `intervalMs`: the shortest time between two chunks. */
  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /**
   * Takes text, which may be empty, and returns the chunk that leaves now, if any. The first chunk leaves with the
   * first complete word (a word is complete when the space behind it is there), later ones at the end of a sentence:
   * docs/decisions/first-chunk-is-a-word.md.
   */
  push(text: string, nowMs: number): string[] {
    for (const char of text.split('')) this.#take(char);
    const cut = this.#nextCut();
    if (cut === 0 || nowMs < this.#dueMs()) return [];
    this.#lastChunkMs = nowMs;
    return [this.#cutAt(cut)];
  }

  /** When `push('', …)` would return a chunk that waits for its time; null when no chunk waits. */
  get wakeAtMs(): number | null {
    return this.#nextCut() > 0 ? this.#dueMs() : null;
  }

  /** The rest, for the last chunk; may be empty. */
  flush(): string {
    return this.#cutAt(this.#pending.length);
  }

  #take(char: string): void {
    this.#pending += char;
    this.#inked ||= /\S/.test(char);
    const cut = this.#cuts.feed(char);
    if (!cut || !this.#inked) return;
    this.#wordCut = this.#pending.length;
    if (cut === 'sentence') this.#sentenceCut = this.#pending.length;
  }

  #nextCut(): number {
    if (this.#sentenceCut > 0) return this.#sentenceCut;
    const wordWillDo = this.#lastChunkMs === null || this.#pending.length > longWithoutSentence;
    return wordWillDo ? this.#wordCut : 0;
  }

  #dueMs(): number {
    return this.#lastChunkMs === null ? Number.NEGATIVE_INFINITY : this.#lastChunkMs + this.#intervalMs;
  }

  #cutAt(end: number): string {
    const chunk = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    this.#inked = /\S/.test(this.#pending);
    this.#sentenceCut = Math.max(0, this.#sentenceCut - end);
    this.#wordCut = Math.max(0, this.#wordCut - end);
    return chunk;
  }
}
