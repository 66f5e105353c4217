// Markdown as it is said aloud: links by their labels, emphasis and other marks left out.

/** A part of a text that is said as one: a word mostly, or a link with all its words. */
export interface Span {
  /** What is said, white space behind it included; '' for what is only written. */
  spoken: string;
  /** What is written. The originals of a text's spans, joined, are the text. */
  original: string;
}

/** An address says where it leads, unless that is longer than this. */
const LONGEST_SPOKEN_PATH = 30;

/** The kinds of spans, tried in this order at each place. */
const kinds = [
  /^\s*(?:`{3}|~{3})[^]*/,
  /^\s*(?:#{1,6}|[-*+]|>)[ \t]+/,
  /!?\[(?<label>[^\]]*)\]\([^)]*\)/,
  /<?(?<url>https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"*_])>?/,
  /`+(?<code>[^`]+)`+/,
  /<\/?[a-zA-Z][^<>@]*>/,
  /(?<word>[^\s[<`!]+|\S)/,
  /\s+/,
];

/** One span, with the white space behind it. */
const span = new RegExp(`(?:${kinds.map(({ source }) => source).join('|')})\\s*`, 'guy');

/** Cuts a sentence of Markdown into its spans. */
export function spansOf(markdown: string): Span[] {
  return [...markdown.matchAll(span)].map(({ 0: original, groups = {} }) => {
    const plain = spokenOf(groups);
    const hasSpace = /\s$/.test(original);
    return { spoken: plain !== '' && hasSpace ? `${plain} ` : plain, original };
  });
}

/** What is said of the spans, as one text. '' when there is nothing to say: no letter, no digit. */
export function spokenTextOf(spans: readonly Span[]): string {
  const text = spans
    .map(({ spoken }) => spoken)
    .join('')
    .replace(/^[\s,]+/, '')
    .trimEnd();
  return /[\p{L}\p{N}]/u.test(text) ? text : '';
}

function spokenOf({ label, url, code, word }: Record<string, string | undefined>): string {
  if (label !== undefined) return spokenTextOf(spansOf(label));
  if (url !== undefined) return spokenAddress(url);
  if (code !== undefined) return code.trim();
  return word === undefined ? '' : spokenWord(word);
}

function spokenAddress(url: string): string {
  const [, host = '', path = ''] = /^https?:\/\/(?:www\.)?([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return path === '/' || path.length > LONGEST_SPOKEN_PATH ? host : host + path.replace(/\/$/, '');
}

/** A word without what only eyes need: emphasis, escapes, pictures. Borders of table cells are pauses. */
function spokenWord(word: string): string {
  if (word === '|') return ',';
  if (/^[-=_*~|:#>]+$/.test(word)) return '';
  return word
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1')
    .replace(/\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D)*/gu, '')
    .replace(/^(?:[*_]{1,3}|~~)+|(?:[*_]{1,3}|~~)+(?=[.,;:!?)"'”’»]*$)/g, '')
    .replace(/^(\(|"|“|«)[*_]{1,3}/, '$1');
}
