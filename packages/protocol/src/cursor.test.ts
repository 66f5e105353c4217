import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCursor } from './cursor.ts';

describe('the cursor', () => {
  it.each([
    ['12', 12, 'number'],
    ['seq:12', 12, 'prefixed'],
    ['1', 1, 'number'],
    ['007', 7, 'number'],
  ])('MSG-038 %j replays only what came after it', (text, after, form) => {
    expect(parseCursor(text)).toEqual({ after, form });
  });

  it.each([
    ['0', 'number'],
    ['seq:0', 'prefixed'],
    ['', 'none'],
    [null, 'none'],
    [undefined, 'none'],
  ])('MSG-039 %j replays everything', (text, form) => {
    expect(parseCursor(text)).toEqual({ after: 0, form });
  });

  it.each(['abc', '-1', '1.5', 'seq:', 'seq:x', ' 12', '12 ', 'SEQ:3', 'seq:seq:3', '1e3', '0x10', '+1', '١٢', '12\n'])(
    'MSG-040 %j makes no sense and replays everything',
    (text) => {
      expect(parseCursor(text)).toEqual({ after: 0, form: 'unknown' });
    },
  );

  it('MSG-041 may lie beyond every sequence there is', () => {
    expect(parseCursor('999999999999999')).toEqual({ after: 999_999_999_999_999, form: 'number' });
    expect(parseCursor('9'.repeat(400))).toEqual({ after: 0, form: 'unknown' });
  });

  it('MSG-038 means the same in both forms', () => {
    fc.assert(
      fc.property(fc.nat(), (sequence) => {
        expect(parseCursor(`seq:${sequence}`).after).toBe(parseCursor(String(sequence)).after);
      }),
    );
  });

  it('MSG-040 is a whole number whatever a client sends', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { after, form } = parseCursor(text);
        expect(Number.isSafeInteger(after) && after >= 0).toBe(true);
        if (form === 'unknown') expect(after).toBe(0);
      }),
    );
  });
});
