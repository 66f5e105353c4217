// Limits of requests: whose requests are counted together, and what one too many is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../src/identity/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

const time = new FakeTime(Date.now());

let parley: TestGateway;

beforeAll(async () => {
  const bank = { id: 'bank', project: 'bank', tokens: [hashToken('bank-token')], apiKeys: [hashToken('bank-key')] };
  parley = await startGateway({
    clock: time,
    limits: { sessionsPerMinutePerToken: 2, requestsPerMinutePerConnector: 1 },
    connectors: [{ ...bank, contextKeys: [{ kid: 'k1', secret: 'context-secret' }] }],
  });
});

afterAll(() => parley.gateway.close());

function chat(operation: string, body: object, connector: 'demo' | 'bank' = 'demo'): Promise<Response> {
  const key = { demo: 'parley-demo-api-key', bank: 'bank-key' }[connector];
  const token = { demo: 'parley-demo-token', bank: 'bank-token' }[connector];
  return fetch(`${parley.url}/v1/demo/${connector}/chat/${operation}`, {
    method: operation === 'close' ? 'PUT' : 'POST',
    headers: { 'x-api-key': key, 'x-token': token },
    body: JSON.stringify(body),
  });
}

function askSession(token: string): Promise<Response> {
  return parley.post('/api/v1/sessions', { headers: { authorization: `Bearer ${token}` } });
}

/** A refusal that says when to come back; answers its body. */
async function tooMany(answer: Response): Promise<unknown> {
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toMatch(/^([1-9]|[12]\d|30)$/);
  return answer.json();
}

/** Every bucket is full again. */
function aMinuteLater(): void {
  time.advance(60_000);
}

describe('new sessions', () => {
  it('MSG-024 are counted by access token', async () => {
    const [one, other] = [await parley.accessToken(), await parley.accessToken()];
    expect([(await askSession(one)).status, (await askSession(one)).status]).toEqual([200, 200]);
    expect(await tooMany(await askSession(one))).toMatchObject({ message: 'Rate limit exceeded' });
    expect((await askSession(other)).status).toBe(200);
    aMinuteLater();
    expect((await askSession(one)).status).toBe(200);
  });
});

describe('requests of a connector', () => {
  it.each(['respond', 'close'])('%s is counted, apart from other connectors', async (operation) => {
    const ids = await Promise.all(
      (['demo', 'bank'] as const).map(async (connector) => {
        const created = (await (await chat('create', {}, connector)).json()) as { conversation_id: string };
        return created.conversation_id;
      }),
    );
    const [own = '', foreign = ''] = ids;
    aMinuteLater();
    expect((await chat(operation, { conversation_id: own })).status).toBe(200);
    expect(await tooMany(await chat(operation, { conversation_id: own }))).toMatchObject({
      error_code: 'RATE_LIMITED',
      error_message: 'Rate limit exceeded',
    });
    expect((await chat(operation, { conversation_id: foreign }, 'bank')).status).toBe(200);
  });

  it('MSG-119 the hand-off state is counted by project, but for strangers, and refused in its own form', async () => {
    const look = (key: string): Promise<Response> =>
      fetch(`${parley.url}/v1/demo/demo/handoff_state?id=none`, { headers: { 'x-api-key': key } });
    aMinuteLater();
    for (const status of [401, 401]) expect((await look('wrong')).status).toBe(status);
    expect((await look('parley-demo-api-key')).status).toBe(404);
    expect(await tooMany(await look('parley-demo-api-key'))).toEqual({ error_message: 'Rate limit exceeded' });
  });

  it('verified context is counted', async () => {
    const headers = { 'x-token': 'bank-token', 'x-host': 'localhost' };
    const given = await parley.post('/api/v1/access-token', { headers });
    const { access_token: token } = (await given.json()) as { access_token: string };
    const sessionId = await parley.createSession(token);
    const submit = (): Promise<Response> =>
      parley.post(`/api/v1/sessions/${sessionId}/context`, { headers: { authorization: `Bearer ${token}` } });
    aMinuteLater();
    expect((await submit()).status).toBe(400);
    expect(await tooMany(await submit())).toMatchObject({ message: 'Rate limit exceeded' });
  });
});
