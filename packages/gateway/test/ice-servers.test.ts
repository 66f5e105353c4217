// `GET /api/v1/ice-servers` as SDKs and browsers ask it. The expectations are the protocol's words, not our constants.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallTokens, Connectors, hashToken } from '../src/identity/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

const PATH = '/api/v1/ice-servers';
const TOKEN = 'parley-demo-webrtc-token';
const TTL_SECONDS = 86_400;
const MAX_CALL_SECONDS = 3600;
const turnUrls = [
  'turn:turn.parley.example:3478?transport=udp',
  'turn:turn.parley.example:3478?transport=tcp',
  'turns:turn.parley.example:443?transport=tcp',
];

interface Server {
  urls: string[];
  username?: string;
  credential?: string;
}

let time: FakeTime;
let parley: TestGateway;

beforeAll(async () => {
  time = new FakeTime();
  parley = await startGateway({
    clock: time,
    limits: { tokensPerMinutePerAddress: 60 },
    connectors: [
      {
        id: 'closed',
        tokens: [hashToken('closed-token')],
        hosts: [{ kind: 'domain', value: 'example.com' }],
        checkOrigin: true,
      },
      { id: 'busy', tokens: [hashToken('busy-token')] },
    ],
    voice: {
      ice: {
        stun: ['stun:turn.parley.example:3478'],
        turn: { urls: turnUrls, secrets: ['turn-secret', 'older-secret'], ttlSeconds: TTL_SECONDS },
      },
    },
  });
});

afterAll(() => parley.gateway.close());

function ask(query = '', headers: Record<string, string> = {}, at: TestGateway = parley): Promise<Response> {
  return fetch(`${at.url}${PATH}${query}`, { headers, redirect: 'manual' });
}

async function serversOf(answer: Response): Promise<Server[]> {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  return ((await answer.json()) as { iceServers: Server[] }).iceServers;
}

describe('who may ask', () => {
  it.each<[string, string, Record<string, string>]>([
    ['no token', '', {}],
    ['an empty token', '?token=', {}],
    ['a wrong token', '?token=wrong', {}],
    ['a wrong bearer beside a good query', `?token=${TOKEN}`, { authorization: 'Bearer wrong' }],
    ['the token of a connector that checks origins, elsewhere', '?token=closed-token', { origin: 'https://evil.test' }],
  ])('VOX-080 %s is answered 401 and nothing else', async (_, query, headers) => {
    const answer = await ask(query, headers);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: 'invalid auth token' });
  });

  it.each<[string, string, Record<string, string>]>([
    ['in the query', `?token=${TOKEN}`, {}],
    ['as a bearer', '', { authorization: `Bearer ${TOKEN}` }],
    ['as a bearer, which wins over the query', '?token=wrong', { authorization: `Bearer ${TOKEN}` }],
    ["that is the connector's own", '?token=parley-demo-token', {}],
    ['on a page of its own', '?token=closed-token', { origin: 'https://www.example.com' }],
  ])('VOX-081 a token %s is good', async (_, query, headers) => {
    expect(await serversOf(await ask(query, headers))).not.toEqual([]);
  });

  it('a token that an operator made is good until it expires', async () => {
    const demo = { id: 'demo', account: 'demo', project: 'demo' };
    const connectors = new Connectors({
      configured: [],
      store: { find: async () => undefined, list: async () => [] },
      clock: time,
    });
    const maker = new CallTokens({ secrets: ['a secret for tests only, 32 chars'], connectors, clock: time });
    const token = await maker.mint(demo, { ttlSeconds: 60 });
    expect((await ask(`?token=${token}`)).status).toBe(200);
    time.advance(60_000);
    expect((await ask(`?token=${token}`)).status).toBe(401);
  });

  it('too many requests are told when to come back', async () => {
    let answer = await ask('?token=busy-token');
    for (let asked = 1; answer.status === 200 && asked < 100; asked++) answer = await ask('?token=busy-token');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toEqual({ error: 'Rate limit exceeded' });
    expect((await ask(`?token=${TOKEN}`)).status).toBe(200);
  });
});

describe('what is answered', () => {
  it('VOX-082 lists of addresses; STUN has no credentials and no query', async () => {
    const servers = await serversOf(await ask(`?token=${TOKEN}`));
    expect(servers.length).toBeGreaterThan(0);
    for (const { urls } of servers) expect(urls).toEqual(expect.arrayContaining([expect.any(String)]));
    const stun = servers.filter(({ urls }) => urls.some((url) => url.startsWith('stun')));
    expect(stun).toEqual([{ urls: ['stun:turn.parley.example:3478'] }]);
  });

  it('VOX-083 TURN over UDP, TCP and TLS on port 443', async () => {
    const servers = await serversOf(await ask(`?token=${TOKEN}`));
    const turn = servers.filter(({ username }) => username !== undefined);
    expect(turn.map(({ urls }) => urls)).toEqual([turnUrls]);
  });

  it('VOX-084 credentials that a TURN server can verify, and that outlive a call', async () => {
    const [, turn] = await serversOf(await ask(`?token=${TOKEN}`));
    const username = turn?.username ?? '';
    expect(username).toMatch(/^\d+(:.+)?$/);
    expect(username).not.toContain('demo');
    expect(turn?.credential).toBe(createHmac('sha1', 'turn-secret').update(username).digest('base64'));
    const expirySeconds = Number.parseInt(username, 10);
    expect(expirySeconds - time.nowMs() / 1000).toBeGreaterThan(MAX_CALL_SECONDS);
  });

  it('VOX-084 credentials are fresh with every request', async () => {
    const [, before] = await serversOf(await ask(`?token=${TOKEN}`));
    time.advance(1000);
    const [, after] = await serversOf(await ask(`?token=${TOKEN}`));
    expect(after?.username).not.toBe(before?.username);
    expect(after?.credential).not.toBe(before?.credential);
  });
});

describe('without TURN', () => {
  it.each([
    [
      'STUN of the configuration',
      ['stun:one.example:3478', 'stun:two.example'],
      ['stun:one.example:3478', 'stun:two.example'],
    ],
    ['a server that is nowhere, for an empty list sends SDKs elsewhere', [], ['stun:not-configured.invalid:3478']],
  ])('VOX-086 there is %s', async (_, stun, urls) => {
    const bare = await startGateway({ voice: { ice: { stun } } });
    expect(await (await ask(`?token=${TOKEN}`, {}, bare)).json()).toEqual({ iceServers: [{ urls }] });
    await bare.gateway.close();
  });
});

describe('a page anywhere', () => {
  const origin = 'https://anywhere.example';

  it('VOX-087 passes the preflight with its Authorization header', async () => {
    const preflight = await fetch(`${parley.url}${PATH}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,accept,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(['*', origin]).toContain(preflight.headers.get('access-control-allow-origin'));
    expect(preflight.headers.get('access-control-allow-methods')?.split(', ')).toContain('GET');
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'accept', 'content-type']));
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each([
    ['the servers', { authorization: `Bearer ${TOKEN}` }, 200],
    ['errors', {}, 401],
  ])('VOX-087 may read %s, which nobody stores', async (_, headers, status) => {
    const answer = await ask('', { ...headers, origin });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

it('VOX-088 /health says that it is healthy, and how many calls there are', async () => {
  const answer = await fetch(`${parley.url}/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'healthy', activeSessions: 0 });
});
