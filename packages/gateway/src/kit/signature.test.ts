import { describe, expect, it } from 'vitest';
import { isFresh, isMac, isSigned, macOf, sign } from './signature.ts';

const nowMs = 1_700_000_000_000;
const by = { secret: 'secret', nowMs };

describe('a signature', () => {
  it('is of its body, its secret and its time', () => {
    const signature = sign('body', 'secret', nowMs);
    expect(signature).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/);
    expect(isSigned('body', signature, by)).toBe(true);
    expect(isSigned('Body', signature, by)).toBe(false);
    expect(isSigned('body', signature, { ...by, secret: 'Secret' })).toBe(false);
  });

  it('holds for five minutes, whichever clock is behind', () => {
    const signature = sign('body', 'secret', nowMs);
    for (const [skewMs, holds] of [
      [300_000, true],
      [-300_000, true],
      [301_000, false],
      [-301_000, false],
    ] as const) {
      expect(isSigned('body', signature, { ...by, nowMs: nowMs + skewMs })).toBe(holds);
    }
  });

  it.each([undefined, '', 't=,v1=', 't=1700000000', `t=x,v1=${'0'.repeat(64)}`, `v1=${'0'.repeat(64)},t=1700000000`])(
    'is not %s',
    (signature) => {
      expect(isSigned('body', signature, by)).toBe(false);
    },
  );
});

it('a code of another length, and seconds that are none, are refused', () => {
  expect([isMac(macOf('a', 'b'), 'a', 'b'), isMac('', 'a', 'b'), isMac('é'.repeat(32), 'a', 'b')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(['', '1e9', '-1', ' 1700000000'].map((seconds) => isFresh(seconds, nowMs))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
