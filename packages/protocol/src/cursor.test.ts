import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCursor } from './cursor.ts';

describe('the cursor', () => {
  it.each([
    ['12', 12],
    ['seq:12', 12],
    ['1', 1],
    ['007', 7],
  ])('MSG-038 %j replays only what came after it', (text, after) => {
    expect(parseCursor(text)).toEqual({ after, understood: true });
  });

  it.each([['0'], ['seq:0'], [''], [null], [undefined]])('MSG-039 %j replays everything', (text) => {
    expect(parseCursor(text)).toEqual({ after: 0, understood: true });
  });

  it.each(['abc', '-1', '1.5', 'seq:', 'seq:x', ' 12', '12 ', 'SEQ:3', 'seq:seq:3', '1e3', '0x10', '+1', '١٢', '12\n'])(
    'MSG-040 %j makes no sense and replays everything',
    (text) => {
      expect(parseCursor(text)).toEqual({ after: 0, understood: false });
    },
  );

  it('MSG-041 may lie beyond every sequence there is', () => {
    expect(parseCursor('999999999999999')).toEqual({ after: 999_999_999_999_999, understood: true });
    expect(parseCursor('9'.repeat(400))).toEqual({ after: 0, understood: false });
  });

  it('MSG-038 means the same in both forms', () => {
    fc.assert(
      fc.property(fc.nat(), (sequence) => {
        expect(parseCursor(`seq:${sequence}`)).toEqual(parseCursor(String(sequence)));
      }),
    );
  });

  it('MSG-040 is a whole number whatever a client sends', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { after, understood } = parseCursor(text);
        expect(Number.isSafeInteger(after) && after >= 0).toBe(true);
        if (!understood) expect(after).toBe(0);
      }),
    );
  });
});
