import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unescapedBytes } from './unescaped-bytes.ts';

/** Writes a text as JSON that is ASCII only, as some clients do. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const inQuotes = (text: string): number => Buffer.byteLength(text) + 2;

describe('bytes of JSON without its escapes', () => {
  it('are those of the text and its quotes, however it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const json of [JSON.stringify(text), asciiJson(text)]) {
          expect(unescapedBytes(json, Buffer.byteLength(json))).toBe(inQuotes(text));
        }
      }),
    );
  });

  it.each(['\\', '{"\\', '\\u', '\\u00', '\\uzzzz', '\\\\', '\\\\u0041'])(
    'of what is no JSON are a number: %s',
    (text) => {
      expect(unescapedBytes(text, text.length)).toBeTypeOf('number');
      expect(unescapedBytes(text, text.length)).not.toBeNaN();
    },
  );
});
