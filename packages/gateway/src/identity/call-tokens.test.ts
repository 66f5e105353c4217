import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeTime, countingIds } from '../kit/index.ts';
import { AccessTokens } from './access-tokens.ts';
import { CallTokens } from './call-tokens.ts';
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import { Connectors } from './connectors.ts';

const SECRET = 'a secret of thirty-two characters';
const NEW_SECRET = 'the new secret, thirty-two and more';
const HOUR = { ttlSeconds: 3600 };

let time: FakeTime;
let web: Connector;
let connectors: Connectors;
let tokens: CallTokens;

function callTokens(secrets: string[]): CallTokens {
  return new CallTokens({ secrets, connectors, clock: time });
}

beforeEach(() => {
  time = new FakeTime();
  web = {
    id: 'web',
    tokens: [hashToken('connector-token')],
    webrtcTokens: [hashToken('calling-token')],
    apiKeys: [hashToken('api-key')],
    account: 'acme',
    project: 'shop',
    hosts: [],
    checkOrigin: false,
    agent: 'concierge',
    maxConcurrentCalls: 100,
  };
  const store = { find: async () => undefined, list: async () => [] };
  connectors = new Connectors({ configured: [web], store, clock: time });
  tokens = callTokens([SECRET]);
});

describe('tokens of connectors', () => {
  it.each([
    ['calling-token', 'web-calling'],
    ['connector-token', 'connector'],
  ])('%s is good for calls', async (token, kind) => {
    expect(await tokens.verify(token)).toEqual({ connector: web, kind, mayEcho: false });
  });

  it.each([['api-key'], ['unknown'], ['']])('%j is not', async (token) => {
    expect(await tokens.verify(token)).toBeUndefined();
  });
});

describe('tokens of people at the desk', () => {
  const grace = { sessionId: 's1', personId: 'grace' };

  it('are good for the call of one conversation, for a few minutes', async () => {
    const token = await tokens.mintForDesk(web, { ...grace, ttlSeconds: 300 });
    expect(await tokens.verify(token)).toEqual({ connector: web, kind: 'desk', mayEcho: false, desk: grace });
    time.advance(301_000);
    expect(await tokens.verify(token)).toBeUndefined();
  });
});

describe('signed tokens', () => {
  it('are good for calls through their connector, and use only characters that URLs leave alone', async () => {
    const token = await tokens.mint(web, HOUR);
    expect(token).toMatch(/^[A-Za-z0-9._~-]+$/);
    expect(await tokens.verify(token)).toEqual({ connector: web, kind: 'console', mayEcho: false });
  });

  it('pin a variant, a build, and may allow echo', async () => {
    const allowed = { variantId: 'formal', build: 'july', mayEcho: true };
    const token = await tokens.mint(web, { ...HOUR, ...allowed });
    expect(await tokens.verify(token)).toEqual({ connector: web, kind: 'console', ...allowed });
  });

  it('expire', async () => {
    const token = await tokens.mint(web, HOUR);
    time.advance(3_599_000);
    expect(await tokens.verify(token)).toBeDefined();
    time.advance(1000);
    expect(await tokens.verify(token)).toBeUndefined();
  });

  it('die with their connector, and when it changes its project or account', async () => {
    expect(await tokens.verify(await tokens.mint({ ...web, id: 'gone' }, HOUR))).toBeUndefined();
    expect(await tokens.verify(await tokens.mint({ ...web, project: 'bank' }, HOUR))).toBeUndefined();
    expect(await tokens.verify(await tokens.mint({ ...web, account: 'other' }, HOUR))).toBeUndefined();
  });

  it('survive the rotation of secrets for as long as the old one verifies', async () => {
    const old = await tokens.mint(web, HOUR);
    const fresh = await callTokens([NEW_SECRET, SECRET]).mint(web, HOUR);
    expect(await callTokens([NEW_SECRET, SECRET]).verify(old)).toBeDefined();
    expect(await callTokens([NEW_SECRET]).verify(old)).toBeUndefined();
    expect(await tokens.verify(fresh)).toBeUndefined();
  });

  it('are no access tokens, and access tokens are no call tokens', async () => {
    const accessTokens = new AccessTokens({
      secrets: [SECRET],
      ttlSeconds: 3600,
      connectors,
      clock: time,
      newId: countingIds('id'),
    });
    expect(await accessTokens.verify(await tokens.mint(web, HOUR))).toBeUndefined();
    expect(await tokens.verify((await accessTokens.issue(web)).accessToken)).toBeUndefined();
  });

  describe('forged', () => {
    async function forge(change: { claims?: object; typ?: string; secret?: string } = {}): Promise<string> {
      const made = await tokens.mint(web, HOUR);
      const { typ, kid } = decodeProtectedHeader(made);
      return new SignJWT({ ...decodeJwt(made), ...change.claims })
        .setProtectedHeader({ alg: 'HS256', typ: change.typ ?? typ!, kid: kid! })
        .sign(Buffer.from(change.secret ?? SECRET));
    }

    it('with nothing wrong are good, so that the refusals below mean something', async () => {
      expect(await tokens.verify(await forge())).toBeDefined();
    });

    it.each([
      ['another secret', { secret: NEW_SECRET }],
      ['another type', { typ: 'JWT' }],
      ['another audience', { claims: { aud: 'somebody' } }],
      ['no audience', { claims: { aud: undefined } }],
      ['another issuer', { claims: { iss: 'somebody' } }],
      ['no expiry', { claims: { exp: undefined } }],
      ['no connector', { claims: { cid: undefined } }],
      ['a connector that is no text', { claims: { cid: 7 } }],
      ['no project', { claims: { project: undefined } }],
      ['nobody at the desk', { claims: { desk: null } }],
      ['a person at the desk but no conversation', { claims: { desk: { person: 'grace' } } }],
      ['a conversation but no person', { claims: { desk: { session: 's1', person: 7 } } }],
    ])('with %s are refused', async (_, change) => {
      expect(await tokens.verify(await forge(change))).toBeUndefined();
    });

    it('without a signature, or no token at all, are refused', async () => {
      const unsigned = new UnsecuredJWT(decodeJwt(await tokens.mint(web, HOUR))).encode();
      for (const token of [unsigned, 'a.b.c', '..', 'x'.repeat(100_000)]) {
        expect(await tokens.verify(token)).toBeUndefined();
      }
    });
  });
});
