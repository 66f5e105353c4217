// Who must not get in, and what must not come through.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../driver.ts';
import { refusedHandshake } from '../wire-client.ts';
import { DeskSocket, PASSWORD, call, feedUrl, program, startDesk, waitingVisitor } from './desk-wire.ts';
import type { DeskProgram } from './desk-wire.ts';

let parley: TestGateway;
let grace: DeskProgram;
let noor: DeskProgram;
/** Grace's, too. */
let cookie: string;

beforeAll(async () => {
  parley = await startDesk();
  [grace, noor] = await Promise.all([program(parley.url, 'grace'), program(parley.url, 'noor')]);
  ({ cookie } = await signedInByCookie());
});

afterAll(() => parley.gateway.close());

const credentials = { id: 'grace', password: PASSWORD };
const deskHeader = { 'x-parley-desk': '1' };

/** The cookie of a fresh sign-in, and how it was set. */
async function signedInByCookie(): Promise<{ cookie: string; set: string; body: unknown }> {
  const { headers, body } = await call(parley.url, '/sign-in', { method: 'POST', body: { ...credentials } });
  const set = headers.get('set-cookie') ?? '';
  return { cookie: set.split(';', 1)[0] ?? '', set, body };
}

const gets = ['/overview', '/me', '/queues', '/people', '/canned-replies', '/chats', '/chats/some-chat'];
const posts = [
  '/sign-out',
  '/accept-next',
  '/set-availability',
  '/chats/some-chat/send',
  '/chats/some-chat/transcript',
];
const paths = [...gets.map((path) => ['GET', path] as const), ...posts.map((path) => ['POST', path] as const)];

describe.each(paths)('%s %s', (method, path) => {
  it.each([
    ['nobody', async () => ({})],
    ['an invented token', async () => ({ authorization: 'Bearer invented' })],
    ['the demo token itself', async () => ({ authorization: 'Bearer parley-demo-desk-token' })],
    ["a visitor's token", async () => ({ authorization: `Bearer ${await parley.accessToken()}` })],
    ["a connector's token", async () => ({ authorization: 'Bearer parley-demo-token' })],
    ['no bearer at all', async () => ({ authorization: grace.token })],
    ['an invented cookie', async () => ({ cookie: 'parley_desk=invented', ...deskHeader })],
    [
      'a good cookie beside a bad token',
      async () => ({ cookie: `parley_desk=${grace.token}`, authorization: 'Bearer x' }),
    ],
  ])('refuses %s', async (_who, headersOf) => {
    const { status, body } = await call(parley.url, path, { method, headers: await headersOf() });
    expect({ status, code: body.error_code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  });
});

describe('a sign-in by cookie', () => {
  it('shows its token to nobody but the browser, and is sent to the API of the desk alone', async () => {
    const { set, body, cookie: fresh } = await signedInByCookie();
    expect(set).toMatch(/^parley_desk=[\w-]{43}; Path=\/api\/v1\/desk; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect(JSON.stringify(body)).not.toContain(fresh.split('=')[1]);
    expect(JSON.stringify(body)).not.toContain('scrypt');
    expect((await call(parley.url, '/me', { headers: { cookie: fresh } })).body).toMatchObject({ id: 'grace' });
  });

  it('is Secure where the server is reached by TLS', async () => {
    const behindTls = await startDesk({ server: { publicUrl: 'https://talk.example.com/chat' } });
    const { headers } = await call(`http://127.0.0.1:${behindTls.port}`, '/sign-in', {
      method: 'POST',
      body: { token: 'parley-demo-desk-token' },
    });
    expect(headers.get('set-cookie')).toMatch(/Path=\/chat\/api\/v1\/desk; .*; Secure$/);
    await behindTls.gateway.close();
  });

  it.each<[string, Record<string, string>]>([
    ['without the header of the desk', {}],
    ['from a foreign page', { ...deskHeader, origin: 'https://evil.example' }],
    ['from a page without origin', { ...deskHeader, origin: 'null' }],
  ])('does nothing %s', async (_what, headers) => {
    const body = { availability: 'available' };
    const answer = await call(parley.url, '/set-availability', {
      method: 'POST',
      headers: { cookie, ...headers },
      body,
    });
    expect(answer).toMatchObject({ status: 403, body: { error_code: 'FOREIGN_ORIGIN' } });
    expect((await grace.get('/me')).body.availability).toBe('away');
  });

  it('does what one of our own pages wants', async () => {
    const headers = { cookie, ...deskHeader, origin: parley.url };
    const answer = await call(parley.url, '/set-availability', {
      method: 'POST',
      headers,
      body: { availability: 'away' },
    });
    expect(answer.status).toBe(200);
  });

  it('cannot be made by a foreign page', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'text/plain' };
    const answer = await call(parley.url, '/sign-in', { method: 'POST', headers, body: credentials });
    expect(answer).toMatchObject({ status: 403, body: { error_code: 'FOREIGN_ORIGIN' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('is over once signed out, for its feeds too', async () => {
    const { cookie: fresh } = await signedInByCookie();
    const headers = { cookie: fresh, ...deskHeader, origin: parley.url };
    const feed = await DeskSocket.open(feedUrl(parley.url), { cookie: fresh, origin: parley.url });
    await feed.next('desk');
    const answer = await call(parley.url, '/sign-out', { method: 'POST', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^parley_desk=; .*Max-Age=0/);
    expect(await feed.closed).toEqual({ code: 1008, reason: 'signed out' });
    expect(await call(parley.url, '/me', { headers })).toMatchObject({ status: 401 });
    expect((await grace.get('/me')).status).toBe(200);
  });
});

describe('signing in', () => {
  it.each([
    ['a wrong password', { id: 'noor', password: 'wrong' }],
    ['somebody unknown', { id: 'nobody', password: PASSWORD }],
    ['a token of something else', { token: 'parley-demo-token' }],
  ])('answers %s all alike', async (_what, body) => {
    const answer = await call(parley.url, '/sign-in', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 401, body: { error_code: 'WRONG_CREDENTIALS', data: null } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each(['', 'nonsense', '[]', '{"id":"grace"}', '{"id":{"$ne":1},"password":"x"}'])('refuses %s', async (body) => {
    expect((await call(parley.url, '/sign-in', { method: 'POST', body })).status).toBe(400);
  });

  it('works with the token that development has', async () => {
    const body = { token: 'parley-demo-desk-token', session: 'token' };
    const answer = await call(parley.url, '/sign-in', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 200, body: { me: { id: 'demo', role: 'supervisor' } } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is slowed down', async () => {
    const fresh = await startDesk();
    const guess = () => call(fresh.url, '/sign-in', { method: 'POST', body: { id: 'sam', password: 'guess' } });
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401);
    const slowed = await guess();
    expect(slowed).toMatchObject({ status: 429, body: { error_code: 'RATE_LIMITED' } });
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    await fresh.gateway.close();
  });
});

describe('the handshake of the feed', () => {
  it.each<[string, () => Promise<Record<string, string>>, number]>([
    ['an invented token', async () => ({ authorization: 'Bearer invented' }), 401],
    ["a visitor's token", async () => ({ authorization: `Bearer ${await parley.accessToken()}` }), 401],
    ['an invented cookie', async () => ({ cookie: 'parley_desk=invented', origin: parley.url }), 401],
    ['a cookie from a foreign page', async () => ({ cookie, origin: 'https://evil.example' }), 403],
    ['a cookie from nowhere', async () => ({ cookie }), 403],
  ])('refuses %s', async (_who, headersOf, status) => {
    const answer = await refusedHandshake(feedUrl(parley.url), await headersOf());
    expect(answer.status).toBe(status);
  });

  it('lets in whoever says so in the first frame, and keeps what they sent right after', async () => {
    const feed = await DeskSocket.open(feedUrl(parley.url), { origin: 'https://their-own-desk.example' });
    feed.send({ type: 'authenticate', token: grace.token });
    expect(await feed.do('set-availability', { availability: 'away' })).toMatchObject({ type: 'done' });
    expect(feed.frames[0]).toMatchObject({ type: 'desk', desk: { me: { id: 'grace' } } });
    await feed.close();
  });

  it('tells a stranger nothing, and lets go of one who guesses', async () => {
    const feed = await DeskSocket.open(feedUrl(parley.url));
    feed.send({ type: 'accept-next', command_id: '1' });
    expect(await feed.next('error')).toMatchObject({ problem: { code: 'UNAUTHENTICATED' } });
    feed.send({ type: 'authenticate', token: await parley.accessToken() });
    expect((await feed.closed).code).toBe(1008);
    expect(feed.frames.map(({ type }) => type)).toEqual(['error', 'error']);
  });
});

describe("somebody else's chat", () => {
  it('can neither be read nor written, and an invented one is not there', async () => {
    const { sessionId, client } = await waitingVisitor(parley.url);
    await grace.post(`/chats/${sessionId}/accept`);
    await client.next('LIVE_AGENT_JOINED');
    const commands: [string, object][] = [
      ['transcript', {}],
      ['send', { client_id: 'x', text: 'I am not in this' }],
      ['note', { client_id: 'x', text: 'nor this' }],
      ['typing', { state: 'TYPING_STATE_STARTED' }],
      ['read', { sequence: 1 }],
      ['watch', {}],
      ['join', {}],
      ['transfer', { queue_id: 'support' }],
      ['leave', {}],
      ['dismiss', {}],
    ];
    for (const [type, body] of commands) {
      const answer = await noor.post(`/chats/${sessionId}/${type}`, body);
      expect([type, answer.status, answer.body.error_code]).toEqual([type, 403, 'FORBIDDEN']);
      expect((await noor.post(`/chats/invented/${type}`, body)).body.error_code).toBe('NO_SUCH_CHAT');
    }
    expect(await noor.get(`/chats/${sessionId}`)).toMatchObject({ status: 403 });
    expect((await noor.get('/chats')).body).toEqual({ waiting: [], chats: [] });
    expect((await noor.get('/chats/..%2F..%2Fhealth')).status).toBe(404);
    client.send('USER_END_SESSION');
    await client.closed;
    expect(client.types).not.toContain('LIVE_AGENT_MESSAGE');
  });

  it('is not even seen to wait by people of another queue', async () => {
    const sam = await program(parley.url, 'sam');
    const { sessionId, client } = await waitingVisitor(parley.url);
    expect((await sam.get('/chats')).body.waiting).toEqual([]);
    expect((await sam.post(`/chats/${sessionId}/accept`)).status).toBe(403);
    expect((await sam.post(`/chats/${sessionId}/dismiss`)).status).toBe(403);
    client.send('USER_END_SESSION');
    await client.closed;
  });
});
