// Follows Markdown inside a paragraph, character by character, to know whether something is still open that
// must not be torn apart: a link, a code span, emphasis, an autolink or an HTML tag.

/** A span that has been open for so many characters was never meant as one. */
const longestSpan = 1000;

interface Run {
  char: string;
  count: number;
  /** The character before the run. */
  before: string;
}

/** The open spans of a paragraph that is being written. */
export class InlineSpans {
  #previous = '';
  #escaped = false;
  /** Equal delimiters in a row, whose meaning the next character decides. */
  #run: Run | null = null;
  /** Length of the backtick run that opened a code span; 0: none is open. */
  #code = 0;
  #brackets = 0;
  /** Parentheses open in the destination of a link. */
  #parens = 0;
  #labelEnded = false;
  #tag = false;
  readonly #emphasis: { char: string; count: number }[] = [];
  #openFor = 0;

  /** Whether a cut here would tear a span apart. */
  get open(): boolean {
    return this.#code > 0 || this.#brackets > 0 || this.#parens > 0 || this.#tag || this.#emphasis.length > 0;
  }

  /** A new paragraph begins: no span crosses its border. */
  reset(): void {
    this.#previous = '';
    this.#escaped = false;
    this.#run = null;
    this.#code = this.#brackets = this.#parens = this.#openFor = 0;
    this.#labelEnded = this.#tag = false;
    this.#emphasis.length = 0;
  }

  /** Takes the next character. */
  feed(char: string): void {
    if (char === this.#run?.char) {
      this.#run.count++;
    } else {
      this.#settle(char);
      this.#read(char);
    }
    this.#previous = char;
    this.#openFor = this.open ? this.#openFor + 1 : 0;
    if (this.#openFor > longestSpan) this.reset();
  }

  #read(char: string): void {
    const labelEnded = this.#labelEnded;
    this.#labelEnded = false;
    if (this.#escaped) {
      this.#escaped = false;
    } else if (this.#code > 0) {
      if (char === '`') this.#startRun(char);
    } else if (this.#tag) {
      this.#tag = char !== '>';
    } else {
      this.#readMark(char, labelEnded);
    }
  }

  #readMark(char: string, labelEnded: boolean): void {
    if (this.#previous === '<' && /[A-Za-z/]/.test(char)) this.#tag = true;
    if (char === '\\') this.#escaped = true;
    else if ('`*_~'.includes(char)) this.#startRun(char);
    else if (this.#parens > 0) this.#parens += char === '(' ? 1 : char === ')' ? -1 : 0;
    else if (char === '(' && labelEnded) this.#parens = 1;
    else if (char === '[') this.#brackets++;
    else if (char === ']' && this.#brackets > 0) {
      this.#brackets--;
      this.#labelEnded = true;
    }
  }

  #startRun(char: string): void {
    this.#run = { char, count: 1, before: this.#previous };
  }

  #settle(after: string): void {
    const run = this.#run;
    this.#run = null;
    if (!run) return;
    if (run.char === '`') {
      if (this.#code === 0) this.#code = run.count;
      else if (this.#code === run.count) this.#code = 0;
    } else if (run.char !== '~' || run.count > 1) {
      this.#settleEmphasis(run, after);
    }
  }

  // CommonMark 6.2, simplified: a run opens before ink and closes after ink; `_` does neither inside a word.
  #settleEmphasis({ char, count, before }: Run, after: string): void {
    const inWord = char === '_' && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
    let left = inWord ? 0 : count;
    if (/\S/.test(before)) left = this.#closeEmphasis(char, left);
    if (left > 0 && /\S/.test(after)) this.#emphasis.push({ char, count: left });
  }

  /** Closes open emphasis with `count` delimiters; returns how many are left over. */
  #closeEmphasis(char: string, count: number): number {
    let left = count;
    while (left > 0) {
      const at = this.#emphasis.findLastIndex((opened) => opened.char === char);
      const opened = this.#emphasis[at];
      if (!opened) break;
      const closed = Math.min(opened.count, left);
      opened.count -= closed;
      left -= closed;
      this.#emphasis.length = opened.count > 0 ? at + 1 : at;
    }
    return left;
  }
}
