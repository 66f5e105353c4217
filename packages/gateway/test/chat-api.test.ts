// The Chat API over HTTP, against the demo agent: programs with a key and no socket.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAgent } from '../src/agents/index.ts';
import { hashToken } from '../src/identity/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { refusedHandshake } from './wire-client.ts';

const headers = { 'x-api-key': 'parley-demo-api-key', 'x-token': 'parley-demo-token' };

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

let parley: TestGateway;

beforeAll(async () => {
  const other = {
    id: 'other',
    project: 'other',
    tokens: [hashToken('other-token')],
    apiKeys: [hashToken('other-key')],
  };
  parley = await startGateway({ connectors: [other], variants: { formal: { language: 'en-GB' } } });
});

afterAll(() => parley.gateway.close());

async function call(
  operation: string,
  body?: object,
  options: { method?: string; headers?: Record<string, string>; project?: string } = {},
): Promise<Answer> {
  const { method = operation === 'close' ? 'PUT' : 'POST', project = 'demo' } = options;
  const answer = await fetch(`${parley.url}/v1/demo/${project}/chat/${operation}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers, ...options.headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

async function begin(body?: object): Promise<string> {
  return String((await call('create', body)).body['conversation_id']);
}

async function handoffState(query: string, key?: string): Promise<Answer> {
  const answer = await fetch(`${parley.url}/v1/demo/demo/handoff_state${query}`, {
    headers: key ? { 'x-api-key': key } : {},
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

describe('a conversation', () => {
  it('MSG-108 begins without a body', async () => {
    const { status, body, headers: answered } = await call('create');
    expect(status).toBe(200);
    expect(body).toEqual({ conversation_id: expect.stringMatching(/./), response: expect.stringContaining("I'm Ada") });
    expect(answered.get('content-type')).toMatch(/^application\/json/);
    expect(answered.get('x-polyai-correlation-id')).toMatch(/./);
  });

  it('takes a content type with parameters and every documented member', async () => {
    const { status } = await call(
      'create',
      {
        integration_attributes: { customerTier: 'gold' },
        variant_id: 'formal',
        channel: 'sms',
        asr_lang_code: 'en-GB',
        tts_lang_code: 'en-GB',
      },
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
    );
    expect(status).toBe(200);
  });

  it('has no variant that the configuration has not', async () => {
    expect(await call('create', { variant_id: 'casual' })).toMatchObject({
      status: 400,
      body: { error_code: 'CONVERSATIONS_VALIDATION_FAILED' },
    });
  });

  it('MSG-109 goes on with respond', async () => {
    const conversation_id = await begin();
    const { status, body } = await call('respond', {
      conversation_id,
      message: 'send me a link',
      metadata: { page: 1 },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      conversation_id,
      response: expect.stringContaining('https://'),
      end_conversation: false,
    });
  });

  it('MSG-111 goes on without a message', async () => {
    const conversation_id = await begin();
    const { status, body } = await call('respond', { conversation_id });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversation_id, response: expect.any(String), end_conversation: false });
  });

  it('MSG-113 is over when the agent says goodbye', async () => {
    const conversation_id = await begin();
    const { body } = await call('respond', { conversation_id, message: 'Goodbye!' });
    expect(body['end_conversation']).toBe(true);
    expect(await call('respond', { conversation_id, message: 'one more thing' })).toMatchObject({
      status: 410,
      body: { error_code: 'ChatConversationEnded' },
    });
  });

  it('MSG-114 is closed by PUT and by nothing else, as often as one likes', async () => {
    const conversation_id = await begin();
    expect([404, 405]).toContain((await call('close', { conversation_id }, { method: 'POST' })).status);
    for (let time = 0; time < 2; time += 1) {
      expect(await call('close', { conversation_id })).toMatchObject({ status: 200, body: { success: true } });
    }
    expect((await call('respond', { conversation_id, message: 'hi' })).status).toBe(410);
  });

  it('MSG-116 is handed off', async () => {
    const conversation_id = await begin();
    const { body } = await call('respond', { conversation_id, message: 'I want to talk to a human' });
    expect(body).toMatchObject({
      end_conversation: true,
      handoff: { destination: 'General Support', reason: 'AGENT_DECISION' },
    });
    const elsewhere = await begin();
    const { body: outside } = await call('respond', { conversation_id: elsewhere, message: 'outside, please' });
    expect(outside['handoff']).toEqual({ destination: 'https://example.com/support', reason: 'COMPLEX_QUERY' });
  });

  it('a turn that fails is a 500 that can be told to people', async () => {
    const conversation_id = await begin();
    const { status, body } = await call('respond', { conversation_id, message: 'simulate an error' });
    expect(status).toBe(500);
    expect(body).toMatchObject({ error_code: 'INTERNAL_ERROR', error: expect.stringContaining('Please try again') });
    expect((await call('respond', { conversation_id, message: 'opening hours' })).status).toBe(200);
  });
});

describe('an error', () => {
  it('MSG-110 without conversation_id has all six members', async () => {
    const { status, body } = await call('respond', { message: 'hi' });
    expect(status).toBe(400);
    expect(Object.keys(body).sort()).toEqual(['data', 'error', 'error_code', 'error_id', 'error_message', 'success']);
    expect(body).toMatchObject({ success: false, error_code: 'SCHEMA_VALIDATION_FAILED', data: null });
  });

  it('MSG-112 for an unknown conversation', async () => {
    expect(await call('respond', { conversation_id: 'CONV-1234567890', message: 'hi' })).toMatchObject({
      status: 404,
      body: { error_code: 'CONVERSATIONS_NOT_FOUND' },
    });
    expect((await call('close', { conversation_id: 'CONV-1234567890' })).status).toBe(404);
  });

  it.each(['', 'wrong'])('MSG-115 for the API key "%s"', async (key) => {
    const answer = await call('create', {}, { headers: { 'x-api-key': key } });
    const { body } = answer;
    expect(answer.status).toBe(401);
    expect(Object.keys(body).sort()).toEqual(['data', 'error', 'error_code', 'error_id', 'error_message', 'success']);
    expect(body['error_code']).toBe('AUTH_USER_UNAUTHORISED');
    expect(body['error']).toBe(body['error_message']);
    expect(body['error_id']).toBe(answer.headers.get('x-polyai-correlation-id'));
  });

  it("MSG-115 carries the caller's own correlation id", async () => {
    const { body } = await call('create', {}, { headers: { 'x-api-key': '', 'x-polyai-correlation-id': 'mine-1' } });
    expect(body['error_id']).toBe('mine-1');
  });

  it('for tokens, projects and accounts that are not to be had', async () => {
    const code = async (options: Parameters<typeof call>[2]) => (await call('create', {}, options)).body['error_code'];
    expect(await code({ headers: { 'x-token': 'wrong' } })).toBe('AUTH_USER_INVALID_TOKEN');
    expect(await code({ headers: { 'x-api-key': 'other-key' } })).toBe('USER_ACCESS_FORBIDDEN');
    expect(await code({ project: 'nothing' })).toBe('PROJECT_NOT_FOUND');
    expect(await code({ project: 'PROJECT-demo' })).toBeUndefined();
  });

  it("for another project's conversation, as if there were none", async () => {
    const conversation_id = await begin();
    const asOther = { project: 'other', headers: { 'x-api-key': 'other-key', 'x-token': 'other-token' } };
    expect((await call('respond', { conversation_id, message: 'hi' }, asOther)).status).toBe(404);
  });
});

describe('beside messaging', () => {
  it('a conversation takes no sockets', async () => {
    const session_id = await begin();
    const url = parley.socketUrl({ session_id, access_token: await parley.accessToken() });
    expect((await refusedHandshake(url)).status).toBe(401);
  });

  it('a session of messaging takes no respond', async () => {
    const conversation_id = await parley.createSession(await parley.accessToken());
    expect((await call('respond', { conversation_id, message: 'hi' })).status).toBe(404);
  });
});

describe('the hand-off state', () => {
  const key = 'parley-demo-api-key';

  it('MSG-119 is asked for with neither id: 400 and nothing but error_message', async () => {
    const { status, body } = await handoffState('', key);
    expect(status).toBe(400);
    expect(body).toEqual({ error_message: expect.stringMatching(/./) });
  });

  it('MSG-119 is found by id and by shared_id, and shared_id wins', async () => {
    const id = await begin({ integration_attributes: { shared_id: 'call-77' } });
    await call('respond', { conversation_id: id, message: 'a human, please' });
    expect((await handoffState(`?id=${id}`, key)).body).toEqual({ id, shared_id: 'call-77', data: {} });
    expect((await handoffState(`?id=unknown&shared_id=call-77`, key)).body['id']).toBe(id);
    expect((await handoffState(`?id=${id}&shared_id=unknown`, key)).status).toBe(404);
  });

  it('MSG-119 needs a key', async () => {
    expect(await handoffState('?id=1')).toMatchObject({ status: 401, body: { error_message: expect.any(String) } });
    expect((await handoffState('?id=1', 'other-key')).status).toBe(403);
  });
});

it('a client that gives up does not stop its turn', async () => {
  let asked = (): void => {};
  const wasAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer = (): void => {};
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  const agent: ChatAgent = {
    async *respond({ input, history }) {
      if (input.kind === 'message' && input.text === 'think') {
        asked();
        await mayAnswer;
        yield { kind: 'text', text: 'I have thought.' };
      } else {
        yield { kind: 'text', text: `After: ${history.at(-1)?.text ?? ''}` };
      }
    },
  };
  const patient = await startGateway({ agents: { demo: agent } });
  try {
    const path = '/v1/demo/demo/chat';
    const created = await patient.post(`${path}/create`, { headers });
    const { conversation_id } = (await created.json()) as { conversation_id: string };
    const givingUp = new AbortController();
    const lost = fetch(`${patient.url}${path}/respond`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ conversation_id, message: 'think' }),
      signal: givingUp.signal,
    });
    await wasAsked;
    givingUp.abort();
    await expect(lost).rejects.toThrow();
    answer();
    const next = await patient.post(`${path}/respond`, {
      headers,
      body: JSON.stringify({ conversation_id, message: 'and?' }),
    });
    expect(await next.json()).toMatchObject({ response: 'After: I have thought.' });
  } finally {
    await patient.gateway.close();
  }
});

it('new conversations of a connector are limited, with the wait in Retry-After', async () => {
  const strict = await startGateway({ limits: { sessionsPerMinutePerConnector: 1 } });
  try {
    await strict.post('/v1/demo/demo/chat/create', { headers });
    const answer = await strict.post('/v1/demo/demo/chat/create', { headers });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ error_code: 'RATE_LIMITED' });
  } finally {
    await strict.gateway.close();
  }
});
