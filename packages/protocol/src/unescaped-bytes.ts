// How large JSON is to whoever means what it says: writers are free to escape any character, and some escape every
// one beyond ASCII, which makes six bytes of two.

const BACKSLASH = 0x5c;
const UNICODE_ESCAPE = 'u';

/** Bytes that JSON of so many bytes of UTF-8 would have if none of its characters were escaped. Never throws. */
export function unescapedBytes(json: string, bytes: number): number {
  let plain = bytes;
  for (let at = json.indexOf('\\'); at >= 0; at = json.indexOf('\\', at)) {
    if (json[at + 1] === UNICODE_ESCAPE) {
      plain -= 6 - utf8BytesOf(Number.parseInt(json.slice(at + 2, at + 6), 16));
      at += 6;
    } else {
      plain -= 1;
      at += json.charCodeAt(at + 1) === BACKSLASH ? 2 : 1;
    }
  }
  return plain;
}

/** A surrogate is half of a character of four bytes. */
function utf8BytesOf(codeUnit: number): number {
  if (codeUnit < 0x80) return 1;
  if (codeUnit < 0x800 || (codeUnit >= 0xd800 && codeUnit <= 0xdfff)) return 2;
  return 3;
}
