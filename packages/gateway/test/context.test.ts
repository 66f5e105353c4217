// Verified context: facts about the user that an integrator's backend signs and the agent reads.
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAgent } from '../src/agents/index.ts';
import { hashToken } from '../src/identity/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import type { WireClient } from './wire-client.ts';

const SECRET = '00112233445566778899aabbccddeeff';

/** Tells what it knows of the user. */
const candid: ChatAgent = {
  async *respond({ session }) {
    yield { kind: 'text', text: JSON.stringify(session.context) };
  },
};

let parley: TestGateway;

beforeAll(async () => {
  const contextKeys = [{ kid: 'k1', secret: SECRET }];
  parley = await startGateway({
    agents: { demo: candid },
    connectors: [{ id: 'trusting', tokens: [hashToken('trusting-token')], contextKeys }],
  });
});

afterAll(() => parley.gateway.close());

interface TrustedChat {
  token: string;
  sessionId: string;
  contextId: string;
  client: WireClient;
}

/** A chat through the connector that has context keys. */
async function trustedChat(): Promise<TrustedChat> {
  const headers = { 'x-token': 'trusting-token', 'x-host': 'localhost' };
  const answer = (await (await parley.post('/api/v1/access-token', { headers })).json()) as { access_token: string };
  const token = answer.access_token;
  const sessionId = await parley.createSession(token);
  const client = await parley.connect({ session_id: sessionId, access_token: token });
  const { payload } = await client.next('SESSION_START');
  return { token, sessionId, contextId: payload.context_id as string, client };
}

/** A context token as the integrator's backend should make it, changed as wished. */
function contextToken(
  contextId: string,
  { claims = {}, ...key }: { claims?: JWTPayload; alg?: string; kid?: string; secret?: Uint8Array } = {},
): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { alg = 'HS256', kid = 'k1', secret = new TextEncoder().encode(SECRET) } = key;
  return new SignJWT({ sub: contextId, iat: nowSeconds, exp: nowSeconds + 30, ctx: { tier: 'gold' }, ...claims })
    .setProtectedHeader({ alg, kid })
    .sign(secret);
}

async function submit({ token, sessionId }: TrustedChat, contextJwt: unknown): Promise<number> {
  const answer = await parley.post(`/api/v1/sessions/${sessionId}/context`, {
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ token: contextJwt }),
  });
  return answer.status;
}

/** What the agent knows now. */
async function known({ client }: TrustedChat): Promise<unknown> {
  client.send('USER_MESSAGE', { text: 'what do you know?' });
  return JSON.parse((await client.next('POLY_AGENT_MESSAGE')).payload.text as string);
}

async function joined(chat: TrustedChat): Promise<TrustedChat> {
  chat.client.send('REQUEST_POLY_AGENT_JOIN');
  await chat.client.next('POLY_AGENT_MESSAGE');
  return chat;
}

describe('verified context', () => {
  it('MSG-117 gives every session an id of its own for it', async () => {
    const [one, other] = [await trustedChat(), await trustedChat()];
    expect(one.contextId).toMatch(/./);
    expect(one.contextId).not.toBe(other.contextId);
  });

  it('reaches the agent, and a later token replaces it whole', async () => {
    const chat = await joined(await trustedChat());
    expect(await submit(chat, await contextToken(chat.contextId))).toBe(204);
    expect(await known(chat)).toEqual({ tier: 'gold' });
    const ctx = { name: 'Ada', age: 36, member: true, until: null };
    expect(await submit(chat, await contextToken(chat.contextId, { claims: { ctx } }))).toBe(204);
    expect(await known(chat)).toEqual(ctx);
  });

  it('MSG-118 is refused when anything is wrong with it, and the chat goes on without', async () => {
    const chat = await joined(await trustedChat());
    const { contextId } = chat;
    const nowSeconds = Math.floor(Date.now() / 1000);
    const wrong = {
      subject: await contextToken('someone-else'),
      lifetime: await contextToken(contextId, { claims: { exp: nowSeconds + 31 } }),
      expired: await contextToken(contextId, { claims: { iat: nowSeconds - 60, exp: nowSeconds - 31 } }),
      nested: await contextToken(contextId, { claims: { ctx: { a: { b: 1 } } } }),
      size: await contextToken(contextId, { claims: { ctx: { a: 'x'.repeat(8_200) } } }),
      algorithm: await contextToken(contextId, { alg: 'HS512', secret: new Uint8Array(64) }),
      key: await contextToken(contextId, { kid: 'k2' }),
      secret: await contextToken(contextId, { secret: Uint8Array.from(Buffer.from(SECRET, 'hex')) }),
      garbage: 'garbage',
    };
    for (const token of Object.values(wrong)) expect(await submit(chat, token)).toBe(401);
    expect(await known(chat)).toEqual({});
  });

  it('is for the session’s own user only, while the session lives', async () => {
    const chat = await trustedChat();
    const stranger = await trustedChat();
    const token = await contextToken(chat.contextId);
    expect(await submit({ ...chat, token: stranger.token }, token)).toBe(401);
    expect(await submit({ ...chat, sessionId: 'no-such-session' }, token)).toBe(404);
    chat.client.send('USER_END_SESSION');
    await chat.client.closed;
    expect(await submit(chat, token)).toBe(404);
  });

  it('answers 400 to what is no submission, and 413 to what is far too large', async () => {
    const chat = await trustedChat();
    expect(await submit(chat, 7)).toBe(400);
    expect(await submit(chat, 'x'.repeat(17_000))).toBe(413);
  });

  it('is off where the connector has no keys', async () => {
    const { client, sessionId, token } = await parley.chat();
    expect((await client.next('SESSION_START')).payload).not.toHaveProperty('context_id');
    const chat = { client, sessionId, token, contextId: '' };
    expect(await submit(chat, await contextToken('anything'))).toBe(401);
  });
});
