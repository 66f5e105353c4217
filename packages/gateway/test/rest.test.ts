// The REST endpoints as a stranger's client sees them. The expectations are the protocol's words, not our constants.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../src/identity/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { demoHeaders, startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({
    limits: { tokensPerMinutePerAddress: 0 },
    connectors: [
      { id: 'homeless', tokens: [hashToken('homeless-token')], hosts: [] },
      { id: 'company', tokens: [hashToken('company-token')], hosts: [{ kind: 'domain', value: 'yourcompany.com' }] },
      { id: 'app', tokens: [hashToken('app-token')], hosts: [{ kind: 'app', value: 'com.example.app' }] },
      { id: 'agentless', tokens: [hashToken('agentless-token')], agent: 'nobody' },
    ],
  });
});

afterAll(() => parley.gateway.close());

function askToken(token: string, host: string): Promise<Response> {
  return parley.post('/api/v1/access-token', { headers: { 'x-token': token, 'x-host': host } });
}

function askSession(options: { authorization?: string; body?: string | Buffer } = {}): Promise<Response> {
  const { authorization, body = '{}' } = options;
  return parley.post('/api/v1/sessions', { headers: authorization === undefined ? {} : { authorization }, body });
}

async function bearer(): Promise<string> {
  return `Bearer ${await parley.accessToken()}`;
}

async function expectError(answer: Response, status: number, text: string): Promise<void> {
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({
    success: false,
    error: text,
    message: text,
    error_message: text,
    error_code: expect.any(String),
    error_id: answer.headers.get('x-polyai-correlation-id'),
    data: null,
  });
}

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('POST /api/v1/access-token', () => {
  it('MSG-001 answers 200 with a token, its lifetime and its type', async () => {
    const answer = await askToken('parley-demo-token', 'localhost');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      expires_in: expect.any(Number),
      token_type: 'Bearer',
    });
  });

  it('MSG-002 gives JWTs of URL-safe characters that expire in the future', async () => {
    const token = await parley.accessToken();
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    expect(payloadOf(token)['exp']).toBeGreaterThan(Date.now() / 1000);
  });

  it('MSG-003 says how long the token lives, and it is long enough for the SDKs', async () => {
    const answer = (await (await askToken('parley-demo-token', 'localhost')).json()) as Record<string, number | string>;
    expect(answer['expires_in']).toBeGreaterThan(300);
    const { iat, exp } = payloadOf(answer['access_token'] as string) as { iat: number; exp: number };
    expect(exp - iat).toBe(answer['expires_in']);
  });

  it('MSG-004 gives another token every time, for another user', async () => {
    const [one, other] = [await parley.accessToken(), await parley.accessToken()];
    expect(one).not.toBe(other);
    expect(payloadOf(one)['sub']).not.toBe(payloadOf(other)['sub']);
  });

  it.each<[string, Record<string, string>]>([
    ['no headers', {}],
    ['no token', { 'x-host': 'localhost' }],
    ['no host', { 'x-token': 'parley-demo-token' }],
    ['an empty host', { 'x-token': 'parley-demo-token', 'x-host': '' }],
    ['a blank token', { 'x-token': ' ', 'x-host': 'localhost' }],
  ])('MSG-005 refuses %s', async (_what, headers) => {
    const answer = await parley.post('/api/v1/access-token', { headers });
    await expectError(answer, 401, 'Missing authentication headers');
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('MSG-006 refuses a token that no connector has', async () => {
    await expectError(await askToken('no-such-token', 'localhost'), 401, 'Connector token does not exist');
  });

  it('MSG-007 refuses a connector without hosts', async () => {
    await expectError(await askToken('homeless-token', 'localhost'), 401, 'Connector missing host domain');
  });

  it('MSG-008 refuses a host that is not the connector’s', async () => {
    await expectError(await askToken('parley-demo-token', 'example.com'), 401, 'Failed to validate connector');
  });

  it.each(['yourcompany.com', 'app.yourcompany.com', 'https://app.yourcompany.com/', 'APP.YourCompany.COM'])(
    'MSG-009 accepts %s for yourcompany.com',
    async (host) => {
      expect((await askToken('company-token', host)).status).toBe(200);
    },
  );

  it.each(['evilyourcompany.com', 'yourcompany.com.evil.test', 'com'])(
    'MSG-010 refuses %s for yourcompany.com',
    async (host) => {
      await expectError(await askToken('company-token', host), 401, 'Failed to validate connector');
    },
  );

  it('MSG-011 accepts an app by its exact namespace only', async () => {
    expect((await askToken('app-token', 'com.example.app')).status).toBe(200);
    for (const host of ['com.example.App', 'sub.com.example.app', 'com.example', 'https://com.example.app']) {
      await expectError(await askToken('app-token', host), 401, 'Failed to validate connector');
    }
  });

  it.each(['application/json; charset=utf-8', 'text/plain', ';;;'])(
    'MSG-012 does not mind the content type %s',
    async (contentType) => {
      const headers = { ...demoHeaders, 'content-type': contentType };
      expect((await parley.post('/api/v1/access-token', { headers })).status).toBe(200);
      const authorization = await bearer();
      const created = await parley.post('/api/v1/sessions', {
        headers: { authorization, 'content-type': contentType },
      });
      expect(created.status).toBe(200);
    },
  );

  it('accepts an empty body and any JSON object, and nothing else', async () => {
    for (const body of ['', '{}', '{"anything":[1,2]}']) {
      expect((await parley.post('/api/v1/access-token', { headers: demoHeaders, body })).status).toBe(200);
    }
    for (const body of ['{not json', '[]', '"text"', 'null']) {
      const answer = await parley.post('/api/v1/access-token', { headers: demoHeaders, body });
      await expectError(answer, 400, 'Error parsing request');
    }
  });
});

describe('a refusal', () => {
  it.each<[string, () => Promise<Response>]>([
    ['Missing authentication headers', () => askToken('', '')],
    ['Connector token does not exist', () => askToken('no-such-token', 'localhost')],
    ['Connector missing host domain', () => askToken('homeless-token', 'localhost')],
    ['Failed to validate connector', () => askToken('parley-demo-token', 'example.com')],
    ['Missing access token', () => askSession()],
    ['Missing authentication headers', () => askSession({ authorization: 'Basic x' })],
    ['Invalid access token', () => askSession({ authorization: 'Bearer x' })],
    ['Error parsing request', async () => askSession({ authorization: await bearer(), body: '{not json' })],
  ])('MSG-013 says "%s" in message and in error', async (text, ask) => {
    const answer = await ask();
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
    const body = (await answer.json()) as Record<string, unknown>;
    expect([body['message'], body['error']]).toEqual([text, text]);
  });
});

describe('POST /api/v1/sessions', () => {
  it('MSG-015 refuses a request without Authorization', async () => {
    await expectError(await askSession(), 400, 'Missing access token');
  });

  it.each(['Basic x', 'bare-token', 'Bearer', 'Bearer '])('MSG-016 refuses %j', async (authorization) => {
    await expectError(await askSession({ authorization }), 401, 'Missing authentication headers');
  });

  it('accepts the scheme in any case', async () => {
    const token = await parley.accessToken();
    expect((await askSession({ authorization: `bearer ${token}` })).status).toBe(200);
  });

  it('MSG-017 refuses garbage and tampered tokens', async () => {
    const [head = '', payload = '', signature = ''] = (await parley.accessToken()).split('.');
    const forged = Buffer.from(JSON.stringify({ ...payloadOf(`.${payload}.`), cid: 'other' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const tokens = ['garbage', 'a.b.c', `${head}.${forged}.${signature}`, `${unsigned}.${payload}.`, 'x'.repeat(9000)];
    for (const token of tokens) {
      await expectError(await askSession({ authorization: `Bearer ${token}` }), 401, 'Invalid access token');
    }
  });

  it('MSG-017 refuses an expired token', async () => {
    const time = new FakeTime(Date.now());
    const other = await startGateway({ clock: time });
    const token = await other.accessToken();
    time.advance(86_401_000);
    const answer = await other.post('/api/v1/sessions', { headers: { authorization: `Bearer ${token}` } });
    await expectError(answer, 401, 'Invalid access token');
    await other.gateway.close();
  });

  it.each([
    ['no JSON', '{not json'],
    ['a list', '[]'],
    ['a wrong type', '{"streaming_enabled":"yes"}'],
    ['another wrong type', '{"platform":7}'],
    ['hopeless nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('MSG-018 refuses %s', async (_what, body) => {
    await expectError(await askSession({ authorization: await bearer(), body }), 400, 'Error parsing request');
  });

  it('tells who is asking before it looks at what they say', async () => {
    await expectError(await askSession({ authorization: 'Bearer x', body: '{not json' }), 401, 'Invalid access token');
  });

  it('MSG-019 an empty body and no body make a session without streaming', async () => {
    const authorization = await bearer();
    const withEmpty = await askSession({ authorization, body: '' });
    const without = await fetch(`${parley.url}/api/v1/sessions`, { method: 'POST', headers: { authorization } });
    for (const answer of [withEmpty, without]) {
      const { session_id } = (await answer.json()) as { session_id: string };
      const client = await parley.connect({ session_id, access_token: authorization.slice('Bearer '.length) });
      expect((await client.next('SESSION_START')).payload.capabilities.streaming).toBe(false);
      await client.close();
    }
  });

  it('MSG-020 ignores members it does not know', async () => {
    const body = '{"device_type":"tablet","colour":"blue","nested":{"a":[1]},"platform":null}';
    expect((await askSession({ authorization: await bearer(), body })).status).toBe(200);
  });

  it.each(['web', 'ios', 'android', 'ios-web', 'android-web', 'custom', 'something-new'])(
    'MSG-021 accepts the platform %s',
    async (platform) => {
      const body = JSON.stringify({ platform });
      expect((await askSession({ authorization: await bearer(), body })).status).toBe(200);
    },
  );

  it('MSG-022 answers with an id, another one every time', async () => {
    const token = await parley.accessToken();
    const [one, other] = [await parley.createSession(token), await parley.createSession(token)];
    expect(one).toMatch(/^[A-Za-z0-9_-]{8,}$/);
    expect(one).not.toBe(other);
  });

  it('MSG-023 needs neither X-Host nor X-Token', async () => {
    const headers = { authorization: await bearer() };
    const answer = await fetch(`${parley.url}/api/v1/sessions`, { method: 'POST', headers });
    expect(answer.status).toBe(200);
  });

  it('refuses a connector whose agent is gone', async () => {
    const answer = await askToken('agentless-token', 'localhost');
    const { access_token } = (await answer.json()) as { access_token: string };
    const refused = await askSession({ authorization: `Bearer ${access_token}` });
    await expectError(refused, 400, 'Unable to get agent details from connector service');
  });

  it('refuses a body that is too large, and still says so', async () => {
    const body = JSON.stringify({ filler: 'x'.repeat(1_000_000) });
    await expectError(await askSession({ authorization: await bearer(), body }), 413, 'Request body too large');
  });
});

describe('every answer', () => {
  it('MSG-014 carries the correlation id of the request', async () => {
    const sent = 'D9428888-122B-11E1-B85C-61CD3CBB3210';
    const headers = { ...demoHeaders, 'x-polyai-correlation-id': sent };
    const good = await parley.post('/api/v1/access-token', { headers });
    const bad = await parley.post('/api/v1/sessions', { headers });
    expect(good.headers.get('X-PolyAI-Correlation-Id')).toBe(sent);
    expect(bad.headers.get('X-PolyAI-Correlation-Id')).toBe(sent);
    expect(await bad.json()).toMatchObject({ error_id: sent });
  });

  it('MSG-014 carries a fresh correlation id when the request had none, or none that is one', async () => {
    const answers = [
      await parley.post('/api/v1/access-token', { headers: demoHeaders }),
      await askSession(),
      await fetch(`${parley.url}/no/such/path`),
      await parley.post('/api/v1/access-token', { headers: { 'x-polyai-correlation-id': 'x'.repeat(129) } }),
    ];
    const ids = answers.map(({ headers }) => headers.get('x-polyai-correlation-id'));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is JSON when the path leads nowhere', async () => {
    await expectError(await fetch(`${parley.url}/api/v1/nothing`), 404, 'Not found');
    await expectError(await fetch(`${parley.url}/%E0%A4%A`), 404, 'Not found');
  });
});

describe('limits', () => {
  it('MSG-024 say in whole seconds when to come back', async () => {
    const limited = await startGateway({ limits: { tokensPerMinutePerAddress: 2, sessionsPerMinutePerConnector: 1 } });
    const token = await limited.accessToken();
    await limited.accessToken();
    await limited.createSession(token);
    const answers = [
      await limited.post('/api/v1/access-token', { headers: demoHeaders }),
      await limited.post('/api/v1/sessions', { headers: { authorization: `Bearer ${token}` } }),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('retry-after')).toMatch(/^([1-9]|[12]\d|30)$/);
      await expectError(answer, 429, 'Rate limit exceeded');
    }
    await limited.gateway.close();
  });

  it('count addresses apart when a trusted proxy tells them apart, and not otherwise', async () => {
    const ask = (gateway: TestGateway, address: string): Promise<Response> =>
      gateway.post('/api/v1/access-token', { headers: { ...demoHeaders, 'x-forwarded-for': address } });
    const limits = { tokensPerMinutePerAddress: 1 };
    const trusting = await startGateway({ limits, server: { trustProxy: 1 } });
    expect((await ask(trusting, '192.0.2.1')).status).toBe(200);
    expect((await ask(trusting, '192.0.2.2')).status).toBe(200);
    expect((await ask(trusting, 'made-up, 192.0.2.2')).status).toBe(429);
    const plain = await startGateway({ limits });
    expect((await ask(plain, '192.0.2.1')).status).toBe(200);
    expect((await ask(plain, '192.0.2.2')).status).toBe(429);
    await Promise.all([trusting.gateway.close(), plain.gateway.close()]);
  });
});

describe('pages of other origins', () => {
  it('may use the API when their host is registered, and read its errors', async () => {
    const origin = 'https://www.yourcompany.com';
    const preflight = await fetch(`${parley.url}/api/v1/sessions`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining(['content-type', 'authorization', 'x-token', 'x-host', 'x-polyai-correlation-id']),
    );
    const refused = await parley.post('/api/v1/sessions', { headers: { origin } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    expect(refused.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('retry-after');
    expect(refused.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may not when it isn’t', async () => {
    const answer = await parley.post('/api/v1/access-token', {
      headers: { ...demoHeaders, origin: 'https://elsewhere.test' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
