import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyContextToken } from './context-token.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const NOW = NOW_MS / 1000;
const SECRET = '6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435';
const CONTEXT = { name: 'Ada', age: 36, member: true, card: null };

interface Change {
  claims?: Record<string, unknown>;
  alg?: string;
  kid?: string | undefined;
  secret?: string | Buffer;
}

function sign({ claims = {}, alg = 'HS256', secret = SECRET, ...rest }: Change = {}): Promise<string> {
  const kid = 'kid' in rest ? rest.kid : 'k1';
  return new SignJWT({ sub: 'context-1', iat: NOW, exp: NOW + 30, ctx: CONTEXT, ...claims })
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .sign(Buffer.from(secret));
}

function verify(token: string): ReturnType<typeof verifyContextToken> {
  const keys = [
    { kid: 'k0', secret: 'an older secret of this very project' },
    { kid: 'k1', secret: SECRET },
  ];
  return verifyContextToken(token, { keys, contextId: 'context-1', nowMs: NOW_MS });
}

const ofBytes = (bytes: number): Record<string, string> => ({ k: 'x'.repeat(bytes - '{"k":""}'.length) });

describe('accepted', () => {
  it.each<[string, Change]>([
    ['a fresh token', {}],
    ['a token that is about to expire', { claims: { iat: NOW - 29, exp: NOW + 1 } }],
    ['a token of a backend whose clock is a little ahead', { claims: { iat: NOW + 20, exp: NOW + 50 } }],
    ['an older key', { kid: 'k0', secret: 'an older secret of this very project' }],
  ])('%s gives its facts', async (_, change) => {
    expect(await verify(await sign(change))).toEqual(CONTEXT);
  });

  it('8 KiB of facts and none at all', async () => {
    expect(await verify(await sign({ claims: { ctx: ofBytes(8192) } }))).toEqual(ofBytes(8192));
    expect(await verify(await sign({ claims: { ctx: {} } }))).toEqual({});
  });
});

describe('refused', () => {
  it.each<[string, Change]>([
    ['wrong sub', { claims: { sub: 'context-2' } }],
    ['no sub', { claims: { sub: undefined } }],
    ['a lifetime over 30 s', { claims: { exp: NOW + 31 } }],
    ['a lifetime over 30 s, most of it past', { claims: { iat: NOW - 30, exp: NOW + 1 } }],
    ['an end before its beginning', { claims: { iat: NOW + 20, exp: NOW + 10 } }],
    ['an expiry that is past', { claims: { iat: NOW - 20, exp: NOW } }],
    ['a beginning far in the future', { claims: { iat: NOW + 60, exp: NOW + 90 } }],
    ['no iat', { claims: { iat: undefined } }],
    ['no exp', { claims: { exp: undefined } }],
    ['an iat that is no number', { claims: { iat: String(NOW) } }],
    ['no ctx', { claims: { ctx: undefined } }],
    ['a ctx that is an array', { claims: { ctx: [1] } }],
    ['a ctx that is text', { claims: { ctx: 'name' } }],
    ['a ctx that is null', { claims: { ctx: null } }],
    ['an object nested in ctx', { claims: { ctx: { address: { city: 'x' } } } }],
    ['an array nested in ctx', { claims: { ctx: { list: [] } } }],
    ['ctx over 8 KiB', { claims: { ctx: ofBytes(8193) } }],
    ['ctx over 8 KiB in bytes, not in characters', { claims: { ctx: { k: 'é'.repeat(4096) } } }],
    ['a token over 16 KiB', { claims: { padding: 'x'.repeat(16 * 1024) } }],
    ['wrong alg', { alg: 'HS512' }],
    ['unknown kid', { kid: 'k2' }],
    ['no kid', { kid: undefined }],
    ['another key’s secret', { kid: 'k0' }],
    ['the hex-decoded secret', { secret: Buffer.from(SECRET, 'hex') }],
  ])('MSG-118 a context token with %s', async (_, change) => {
    expect(await verify(await sign(change))).toBeUndefined();
  });

  it('MSG-118 an unsigned context token, and garbage', async () => {
    const unsigned = new UnsecuredJWT({ sub: 'context-1', iat: NOW, exp: NOW + 30, ctx: CONTEXT }).encode();
    for (const token of [unsigned, '', 'a.b.c', 'garbage', 'x'.repeat(20_000)])
      expect(await verify(token)).toBeUndefined();
  });

  it('everything, when there is no key', async () => {
    const rule = { keys: [], contextId: 'context-1', nowMs: NOW_MS };
    expect(await verifyContextToken(await sign(), rule)).toBeUndefined();
  });
});
