// The handshake of the messaging socket: who is let in, and how the others are told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../src/identity/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { WireClient, refusedHandshake } from './wire-client.ts';
import type { HandshakeAnswer } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({
    connectors: [{ id: 'strict', tokens: [hashToken('strict-token')], checkOrigin: true }],
  });
});

afterAll(() => parley.gateway.close());

function expectRefusal(answer: HandshakeAnswer, status: number, text: string): void {
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({
    success: false,
    error: text,
    message: text,
    error_id: answer.headers['x-polyai-correlation-id'],
  });
  expect(answer.headers.connection).toBe('close');
}

async function credentials(): Promise<{ session_id: string; access_token: string }> {
  const access_token = await parley.accessToken();
  return { session_id: await parley.createSession(access_token), access_token };
}

describe('a handshake', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['no session', { access_token: 'x' }],
    ['an empty session', { session_id: '', access_token: 'x' }],
    ['no token', { session_id: 'x' }],
    ['empty tokens', { session_id: 'x', access_token: '', auth_token: '' }],
  ])('MSG-025 with %s is answered 400', async (_what, query) => {
    expectRefusal(await refusedHandshake(parley.socketUrl(query)), 400, 'invalid connection parameters');
  });

  it('MSG-026 with a bad token is answered 401', async () => {
    const { session_id } = await credentials();
    for (const access_token of ['garbage', 'a.b.c', '%00', 'x'.repeat(5000)]) {
      const answer = await refusedHandshake(parley.socketUrl({ session_id, access_token }));
      expectRefusal(answer, 401, 'authentication failed');
    }
  });

  it('MSG-026 with an expired token is answered 401', async () => {
    const time = new FakeTime(Date.now());
    const other = await startGateway({ clock: time });
    const access_token = await other.accessToken();
    const session_id = await other.createSession(access_token);
    time.advance(86_401_000);
    const answer = await refusedHandshake(other.socketUrl({ session_id, access_token }));
    expectRefusal(answer, 401, 'authentication failed');
    await other.gateway.close();
  });

  it('MSG-027 for a session that does not exist is answered 404', async () => {
    const access_token = await parley.accessToken();
    for (const session_id of ['0f6e2b52-3a0e-4c53-9d2c-6f0f6a1f7c11', 'no id at all', '../../etc', 'x'.repeat(4000)]) {
      const answer = await refusedHandshake(parley.socketUrl({ session_id, access_token }));
      expectRefusal(answer, 404, 'session not found');
    }
  });

  it.each([
    ['user', demoHeaders],
    ['connector', { 'x-token': 'strict-token', 'x-host': 'localhost' }],
  ])('MSG-028 with the token of another %s is answered 401', async (_whose, headers) => {
    const { session_id } = await credentials();
    const answer = await parley.post('/api/v1/access-token', { headers });
    const { access_token } = (await answer.json()) as { access_token: string };
    const refusal = await refusedHandshake(parley.socketUrl({ session_id, access_token }));
    expectRefusal(refusal, 401, 'authentication failed');
  });

  it('MSG-029 beyond ten sockets is answered 429, until one of them closes', async () => {
    const query = await credentials();
    const clients = await Promise.all(Array.from({ length: 10 }, () => parley.connect(query)));
    const answer = await refusedHandshake(parley.socketUrl(query));
    expectRefusal(answer, 429, 'connection limit exceeded for session');
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    await clients[0]?.close();
    const another = await parley.connect(query);
    await another.next('SESSION_START');
    await Promise.all([another, ...clients.slice(1)].map((client) => client.close()));
  });

  it('MSG-029 is answered 101 for ten of thirty at once, and for ten more when those are gone at once', async () => {
    const query = await credentials();
    for (const _round of [1, 2]) {
      const knocks = Array.from({ length: 30 }, () => WireClient.open(parley.socketUrl(query)));
      const opened = (await Promise.allSettled(knocks)).flatMap((knock) =>
        knock.status === 'fulfilled' ? [knock.value] : [],
      );
      expect(opened).toHaveLength(10);
      await Promise.all(opened.map((client) => client.close()));
    }
  });

  it('MSG-030 that is refused was never accepted before', async () => {
    // The client reports an answer other than 101 only when it is the first thing the server says.
    const answer = await refusedHandshake(parley.socketUrl({ session_id: 'x', access_token: 'x' }));
    expect(answer.status).toBe(401);
    expect(answer.headers.upgrade).toBeUndefined();
  });

  it('MSG-031 may carry its token as auth_token; access_token comes first', async () => {
    const { session_id, access_token } = await credentials();
    const client = await WireClient.open(parley.socketUrl({ session_id, auth_token: access_token }));
    await client.next('SESSION_START');
    await client.close();
    const both = await WireClient.open(parley.socketUrl({ auth_token: 'garbage', session_id, access_token }));
    await both.close();
    const wrong = { session_id, access_token: 'garbage', auth_token: access_token };
    expectRefusal(await refusedHandshake(parley.socketUrl(wrong)), 401, 'authentication failed');
  });

  it('MSG-032 may have its parameters in any order and others besides, and needs no Origin', async () => {
    const { session_id, access_token } = await credentials();
    const client = await WireClient.open(parley.socketUrl({ v: '2', access_token, x: '%&=', session_id, cursor: '0' }));
    await client.next('SESSION_START');
    await client.close();
  });

  it('carries a correlation id when it succeeds, and takes the client’s', async () => {
    const { session_id, access_token } = await credentials();
    const headers = { 'x-polyai-correlation-id': 'mine' };
    const refused = await refusedHandshake(parley.socketUrl({ session_id, access_token: 'x' }), headers);
    expect(refused.headers['x-polyai-correlation-id']).toBe('mine');
    const client = await WireClient.open(parley.socketUrl({ session_id, access_token }), headers);
    expect(client.handshakeHeaders['x-polyai-correlation-id']).toBe('mine');
    await client.close();
  });

  it('must come from a registered host where the connector says so', async () => {
    const headers = { 'x-token': 'strict-token', 'x-host': 'localhost' };
    const answer = await parley.post('/api/v1/access-token', { headers });
    const { access_token } = (await answer.json()) as { access_token: string };
    const url = parley.socketUrl({ session_id: await parley.createSession(access_token), access_token });
    expectRefusal(await refusedHandshake(url, { origin: 'https://evil.test' }), 401, 'authentication failed');
    await (await WireClient.open(url, { origin: 'http://localhost:3000' })).close();
    await (await WireClient.open(url)).close();
  });

  it('on another path is answered 404', async () => {
    expectRefusal(await refusedHandshake(`${parley.url.replace('http', 'ws')}/elsewhere`), 404, 'Not found');
  });

  it('beyond the sockets of an address is answered 429, until one of them closes', async () => {
    const small = await startGateway({ limits: { connectionsPerAddress: 2 } });
    const first = await small.chat();
    const second = await small.chat();
    const query = { session_id: first.sessionId, access_token: first.token };
    const answer = await refusedHandshake(small.socketUrl(query));
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    await second.client.close();
    await (await small.connect(query)).close();
    await small.gateway.close();
  });
});

describe('GET /ws without the offer of a WebSocket', () => {
  it('says what a handshake would say', async () => {
    const { session_id, access_token } = await credentials();
    const ask = async (query: Record<string, string>): Promise<[number, unknown]> => {
      const answer = await fetch(parley.socketUrl(query).replace('ws', 'http'), { headers: demoHeaders });
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    expect(await ask({})).toEqual([400, 'invalid connection parameters']);
    expect(await ask({ session_id, access_token: 'x' })).toEqual([401, 'authentication failed']);
    expect(await ask({ session_id, access_token })).toEqual([426, 'WebSocket upgrade required']);
  });
});
