// Strangers with tokens of their own, or none: other people's sessions stay closed to them, and nobody notices.
import { SignJWT, UnsecuredJWT, decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../driver.ts';
import type { TestGateway } from '../driver.ts';
import { refusedHandshake } from '../wire-client.ts';
import { SdkClient } from './sdk-client.ts';
import type { SdkSession } from './sdk-rest.ts';
import { obtainSession } from './sdk-rest.ts';
import { journalOf, saidIn } from './transcript.ts';

const SECRET = 'a secret for tests only, 32 chars';
const clients: SdkClient[] = [];
let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ limits: { tokensPerMinutePerAddress: 0, sessionsPerMinutePerConnector: 0 } });
});

afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

afterAll(() => parley.gateway.close());

/** Somebody in the middle of a chat. */
async function victim(): Promise<SdkClient> {
  const client = await SdkClient.start(parley.url, 'ios');
  clients.push(client);
  await client.until(({ chat }) => chat.bubbles.some(({ state }) => state === 'sent'));
  return client;
}

/** A token like this one, changed and signed as wished. */
function forged(
  token: string,
  sign: (claims: Record<string, unknown>) => Promise<string> | string,
): Promise<string> | string {
  return sign(decodeJwt(token));
}

const hmac =
  (secret: string, header = { alg: 'HS256' }) =>
  (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader(header).sign(new TextEncoder().encode(secret));

describe('a stranger', () => {
  it('MSG-028 with a good token of their own is refused, and gets a session of their own instead', async () => {
    const { session, chat } = await victim();
    const { sessionId } = session as SdkSession;
    const before = chat.bubbles.length;
    const { accessToken } = await obtainSession(parley.url, 'android');
    const stranger = SdkClient.resume(parley.url, 'android', { sessionId, accessToken });
    clients.push(stranger);
    await stranger.until(({ chat: own }) => own.bubbles.some(({ state }) => state === 'sent'));
    expect(stranger.session?.sessionId).not.toBe(sessionId);
    const journal = await journalOf(parley.url, session as SdkSession);
    expect(saidIn(journal)).toHaveLength(before);
  });

  it.each<[string, (claims: Record<string, unknown>) => Promise<string> | string]>([
    ['no signature', (claims) => new UnsecuredJWT(claims).encode()],
    ['an empty signature', async (claims) => `${(await hmac(SECRET)(claims)).split('.').slice(0, 2).join('.')}.`],
    ['another secret', hmac('another secret of 32 characters.')],
    ['the secret itself, not the key made of it', hmac(SECRET)],
    ['another algorithm', hmac(SECRET, { alg: 'HS512' })],
    [
      'a key named by a path',
      (claims) => hmac('', { alg: 'HS256', kid: '../../dev/null' } as { alg: string })(claims).catch(() => 'a.b.c'),
    ],
  ])('MSG-026 with a forged token is refused: %s', async (_what, sign) => {
    const { session } = await victim();
    const { sessionId, accessToken } = session as SdkSession;
    const access_token = await forged(accessToken, sign);
    const { status, body } = await refusedHandshake(parley.socketUrl({ session_id: sessionId, access_token }));
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ message: 'authentication failed', error: 'authentication failed' });
    const answer = await parley.post('/api/v1/sessions', { headers: { authorization: `Bearer ${access_token}` } });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['a longer id', (id: string) => `${id}0`],
    ['capital letters', (id: string) => id.toUpperCase()],
    ['a wildcard', () => '%'],
    ['a quote', (id: string) => `${id}' OR '1'='1`],
    ['a null byte', (id: string) => `${id}\0`],
    ['a name of the language', () => '__proto__'],
  ])('MSG-027 finds no session by %s', async (_what, spelled) => {
    const { session } = await victim();
    const { sessionId, accessToken } = session as SdkSession;
    const query = { session_id: spelled(sessionId), access_token: accessToken };
    expect((await refusedHandshake(parley.socketUrl(query))).status).toBe(404);
  });
});
