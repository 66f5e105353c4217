import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeTime, countingIds } from '../kit/index.ts';
import { AccessTokens } from './access-tokens.ts';
import type { Connector } from './connector.ts';

const SECRET = 'a secret of thirty-two characters';
const TTL_SECONDS = 86_400;

let time: FakeTime;
let existing: Set<string>;
let tokens: AccessTokens;

function accessTokens(secrets: string[]): AccessTokens {
  const byId = async (id: string): Promise<Connector | undefined> =>
    existing.has(id) ? ({ id } as Connector) : undefined;
  return new AccessTokens({
    secrets,
    ttlSeconds: TTL_SECONDS,
    connectors: { byId },
    clock: time,
    newId: countingIds('id'),
  });
}

/** A token with everything right but what the test changes. */
function forge(
  claims: Record<string, unknown>,
  options: { secret?: string; alg?: string; kid?: string } = {},
): Promise<string> {
  const nowSeconds = time.nowMs() / 1000;
  return tokens.issue({ id: 'web' }).then(({ accessToken }) =>
    new SignJWT({ iss: 'parley', sub: 'u', cid: 'web', jti: 'j', iat: nowSeconds, exp: nowSeconds + 60, ...claims })
      .setProtectedHeader({
        alg: options.alg ?? 'HS256',
        kid: options.kid ?? decodeProtectedHeader(accessToken).kid!,
      })
      .sign(Buffer.from(options.secret ?? SECRET)),
  );
}

beforeEach(() => {
  time = new FakeTime();
  existing = new Set(['web']);
  tokens = accessTokens([SECRET]);
});

describe('issuing', () => {
  it('MSG-002 a token has three URL-safe parts, the second a JSON object with a numeric exp', async () => {
    const { accessToken } = await tokens.issue({ id: 'web' });
    expect(accessToken).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(claims).toEqual({
      iss: 'parley',
      sub: 'id1',
      jti: 'id2',
      cid: 'web',
      iat: time.nowMs() / 1000,
      exp: time.nowMs() / 1000 + TTL_SECONDS,
    });
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'HS256', typ: 'JWT' });
  });

  it('MSG-003 expires_in tells the same as exp', async () => {
    const { accessToken, expiresIn } = await tokens.issue({ id: 'web' });
    expect(expiresIn).toBe(TTL_SECONDS);
    expect(decodeJwt(accessToken).exp! - time.nowMs() / 1000).toBe(expiresIn);
  });

  it('MSG-004 two tokens differ, and stand for two users', async () => {
    const [one, other] = [await tokens.issue({ id: 'web' }), await tokens.issue({ id: 'web' })];
    expect(one.accessToken).not.toBe(other.accessToken);
    expect(decodeJwt(one.accessToken).sub).not.toBe(decodeJwt(other.accessToken).sub);
  });
});

describe('verifying', () => {
  it('grants what was issued, again and again', async () => {
    const { accessToken } = await tokens.issue({ id: 'web' });
    for (let time = 0; time < 3; time++) {
      expect(await tokens.verify(accessToken)).toEqual({ subject: 'id1', connectorId: 'web' });
    }
  });

  it('accepts a forged token with nothing wrong, so that the refusals below mean something', async () => {
    expect(await tokens.verify(await forge({}))).toEqual({ subject: 'u', connectorId: 'web' });
  });

  it.each([
    ['another secret', {}, { secret: 'another secret, just as long as it' }],
    ['an unknown kid', {}, { kid: 'unknown' }],
    ['another algorithm', {}, { alg: 'HS512' }],
    ['another issuer', { iss: 'somebody' }, {}],
    ['no subject', { sub: undefined }, {}],
    ['no connector', { cid: undefined }, {}],
    ['a connector that is no string', { cid: 7 }, {}],
    ['an unknown connector', { cid: 'gone' }, {}],
    ['no expiry', { exp: undefined }, {}],
    ['no id', { jti: undefined }, {}],
    ['no time of issue', { iat: undefined }, {}],
  ])('MSG-017 a token with %s is refused', async (_, claims, options) => {
    expect(await tokens.verify(await forge(claims, options))).toBeUndefined();
  });

  it.each([[''], ['garbage'], ['a.b.c'], ['..'], ['x'.repeat(100_000)], ['é.ü.ß']])(
    'MSG-017 garbage is refused (%#)',
    async (garbage) => {
      expect(await tokens.verify(garbage)).toBeUndefined();
    },
  );

  it('MSG-017 an unsigned token is refused', async () => {
    const claims = decodeJwt((await tokens.issue({ id: 'web' })).accessToken);
    expect(await tokens.verify(new UnsecuredJWT(claims).encode())).toBeUndefined();
  });

  it('MSG-017 a tampered token is refused', async () => {
    const { accessToken } = await tokens.issue({ id: 'web' });
    const [header, payload, signature] = accessToken.split('.');
    const tampered = JSON.stringify({ ...decodeJwt(accessToken), sub: 'id9' });
    expect(
      await tokens.verify([header, Buffer.from(tampered).toString('base64url'), signature].join('.')),
    ).toBeUndefined();
    expect(await tokens.verify([header, payload, signature!.split('').reverse().join('')].join('.'))).toBeUndefined();
  });

  it('MSG-017 a token expires, also one that was verified before', async () => {
    const { accessToken } = await tokens.issue({ id: 'web' });
    time.advance((TTL_SECONDS - 1) * 1000);
    expect(await tokens.verify(accessToken)).toBeDefined();
    time.advance(1000);
    expect(await tokens.verify(accessToken)).toBeUndefined();
    expect(await accessTokens([SECRET]).verify(accessToken)).toBeUndefined();
  });

  it('a token dies with its connector, also one that was verified before', async () => {
    const { accessToken } = await tokens.issue({ id: 'web' });
    expect(await tokens.verify(accessToken)).toBeDefined();
    existing.delete('web');
    expect(await tokens.verify(accessToken)).toBeUndefined();
  });
});

describe('rotation of secrets', () => {
  it('the first secret signs, the older ones still verify', async () => {
    const old = await tokens.issue({ id: 'web' });
    const rotated = accessTokens(['the new secret, thirty-two and more', SECRET]);
    const fresh = await rotated.issue({ id: 'web' });
    expect(await rotated.verify(old.accessToken)).toBeDefined();
    expect(await rotated.verify(fresh.accessToken)).toBeDefined();
    expect(await tokens.verify(fresh.accessToken)).toBeUndefined();
  });

  it('a secret that was taken away verifies no more', async () => {
    const old = await tokens.issue({ id: 'web' });
    expect(await accessTokens(['the new secret, thirty-two and more']).verify(old.accessToken)).toBeUndefined();
  });
});
