// Finds the places where a growing Markdown text may be cut: after a space or a line's end, but never inside a
// word, a URL, a Markdown span, a code fence, or a line of a list, a table or a heading.
import { InlineSpans } from './inline-spans.ts';

/** A place to cut: the end of a sentence, line or paragraph, or only of a word. */
export type Cut = 'sentence' | 'word';

const sentenceEnds = new Set('.!?…。！？');
const closers = new Set('"\'”’»)]*_~`」』）');
/** Scripts without spaces are cut behind sentences only: elsewhere the space that SDKs put between chunks would show. */
const wideSentenceEnds = new Set('。！？');

/** Reads a text once, character by character. */
export class CutFinder {
  readonly #spans = new InlineSpans();
  /** What the line has turned out to be; lines of lists, tables, headings and fences stay whole. */
  #line: 'undecided' | 'prose' | 'whole' | 'fence-opener' = 'undecided';
  /** The line so far, as long as it matters. */
  #lineText = '';
  /** The marker that closes the open code fence. */
  #fence: string | null = null;
  #sentenceEnded = false;

  /** Takes the next UTF-16 unit; says whether the text may be cut right after it. */
  feed(char: string): Cut | null {
    if (this.#fence !== null) return this.#feedFence(char, this.#fence);
    if (char === '\n') return this.#endLine();
    if (this.#line === 'undecided') this.#decide(char);
    else if (this.#line === 'fence-opener') this.#lineText += char;
    else this.#feedInline(char);
    return this.#line === 'prose' && !this.#spans.open ? this.#gradeAfter(char) : null;
  }

  #gradeAfter(char: string): Cut | null {
    if (char === ' ' || char === '\t') return this.#sentenceEnded ? 'sentence' : 'word';
    return wideSentenceEnds.has(char) ? 'sentence' : null;
  }

  #decide(char: string): void {
    this.#lineText += char;
    const kind = kindOfLine(this.#lineText);
    if (kind === 'undecided') return;
    if (kind === 'whole') this.#spans.reset();
    this.#startLine(kind);
  }

  #startLine(kind: 'prose' | 'whole' | 'fence-opener'): void {
    this.#line = kind;
    if (kind === 'fence-opener') return;
    for (const char of this.#lineText) this.#feedInline(char);
    this.#lineText = '';
  }

  #feedInline(char: string): void {
    this.#spans.feed(char);
    if (sentenceEnds.has(char)) this.#sentenceEnded = true;
    else if (!closers.has(char) && /\S/.test(char)) this.#sentenceEnded = false;
  }

  #endLine(): Cut | null {
    const text = this.#lineText;
    const line = this.#line;
    this.#line = 'undecided';
    this.#lineText = '';
    if (line === 'fence-opener') {
      this.#fence = fenceOpenedBy(text);
      if (this.#fence !== null) return null;
    }
    if (line === 'undecided' && text.trim() === '') this.#spans.reset();
    for (const char of text) this.#feedInline(char);
    this.#spans.feed('\n');
    return this.#spans.open ? null : 'sentence';
  }

  #feedFence(char: string, fence: string): Cut | null {
    if (char !== '\n') {
      this.#lineText += char;
      return null;
    }
    const closed = closes(fence, this.#lineText);
    this.#lineText = '';
    if (!closed) return null;
    this.#fence = null;
    this.#spans.reset();
    return 'sentence';
  }
}

function kindOfLine(start: string): 'undecided' | 'prose' | 'whole' | 'fence-opener' {
  if (/^\s*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|)/.test(start)) return 'whole';
  if (/^\s*(?:`{3}|~{3})/.test(start)) return 'fence-opener';
  if (/^\s*(?:[-*+]|\d{1,9}[.)]?|#{1,6}|`{1,2}|~{1,2})?$/.test(start)) return 'undecided';
  return 'prose';
}

/** The marker of the fence that a line opens; null for a line that only begins with a code span. */
function fenceOpenedBy(line: string): string | null {
  const [, marker = null] = /^\s*(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? [];
  return marker;
}

function closes(fence: string, line: string): boolean {
  const marker = line.trim();
  return marker.length >= fence.length && marker === fence.charAt(0).repeat(marker.length);
}
