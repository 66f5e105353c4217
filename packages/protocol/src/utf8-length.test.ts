import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../test/value-of.ts';
import { exceedsUtf8Bytes, utf8Length } from './utf8-length.ts';

describe('bytes of UTF-8', () => {
  it('are counted as an encoder would write them, lone surrogates included', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });

  it('exceed a limit by one byte, never by none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = Buffer.byteLength(text, 'utf8');
        expect(exceedsUtf8Bytes(text, bytes)).toBe(false);
        if (bytes > 0) expect(exceedsUtf8Bytes(text, bytes - 1)).toBe(true);
      }),
    );
  });
});
