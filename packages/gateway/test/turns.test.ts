// Join, messages and answers on the wire, in a session that doesn't stream.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { isOfType } from './wire-client.ts';
import type { WireClient } from './wire-client.ts';

const INVALID = 'Unknown event type or invalid message format';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

async function greeted(): Promise<WireClient> {
  const { client } = await parley.chat();
  client.send('REQUEST_POLY_AGENT_JOIN');
  await client.next('POLY_AGENT_MESSAGE');
  return client;
}

describe('a join', () => {
  it('MSG-054 MSG-055 is echoed, then the agent comes, thinks and greets', async () => {
    const client = await greeted();
    expect(client.events.map(({ sequence, type }) => [sequence, type.replace('EVENT_TYPE_', '')])).toEqual([
      [1, 'SESSION_START'],
      [2, 'REQUEST_POLY_AGENT_JOIN'],
      [3, 'POLY_AGENT_JOINED'],
      [null, 'POLY_AGENT_THINKING'],
      [4, 'POLY_AGENT_MESSAGE'],
    ]);
    const { payload } = client.events[2] ?? {};
    expect(payload.agent_name).toBe('Ada');
    expect(payload.agent_avatar_url ?? 'https://absent').toMatch(/^https?:\/\//);
    await client.close();
  });

  it('MSG-056 is echoed again and changes nothing, while the agent comes and after', async () => {
    const { client } = await parley.chat();
    for (let copy = 0; copy < 3; copy += 1) client.send('REQUEST_POLY_AGENT_JOIN', {}, { copy: String(copy) });
    await client.next('POLY_AGENT_MESSAGE');
    client.send('REQUEST_POLY_AGENT_JOIN', {}, { copy: '3' });
    await client.settle();
    const echoes = client.events.filter(isOfType('REQUEST_POLY_AGENT_JOIN'));
    expect(echoes.map(({ sequence }) => sequence)).toEqual([2, null, null, null]);
    expect(echoes.map(({ metadata }) => metadata?.custom['copy'])).toEqual(['0', '1', '2', '3']);
    expect(client.types.filter((type) => type === 'POLY_AGENT_JOINED')).toHaveLength(1);
    expect(client.types.filter((type) => type === 'POLY_AGENT_MESSAGE')).toHaveLength(1);
    await client.close();
  });
});

describe('a message', () => {
  it('MSG-057 MSG-058 MSG-059 is echoed with an id, thought about and answered', async () => {
    const client = await greeted();
    client.send('USER_MESSAGE', { text: 'Where are your locations?' });
    const echo = await client.next('USER_MESSAGE');
    expect(echo.payload).toEqual({ message_id: expect.stringMatching(/./), text: 'Where are your locations?' });
    const answer = await client.next('POLY_AGENT_MESSAGE');
    expect(client.types.slice(-3)).toEqual(['USER_MESSAGE', 'POLY_AGENT_THINKING', 'POLY_AGENT_MESSAGE']);
    expect(answer.payload).toMatchObject({
      message_id: expect.stringMatching(/./),
      text: expect.stringMatching(/./),
      attachments: expect.any(Array),
      response_suggestions: expect.any(Array),
    });
    for (const { content_url, content_type } of answer.payload.attachments) {
      expect(content_url).toMatch(/^https?:\/\//);
      expect(content_type).toMatch(/^ATTACHMENT_CONTENT_TYPE_(URL|IMAGE)$/);
    }
    await client.close();
  });

  it('MSG-061 of three at once is echoed and answered in its turn', async () => {
    const client = await greeted();
    for (const text of ['one', 'two', 'three']) client.send('USER_MESSAGE', { text });
    for (const text of ['one', 'two', 'three']) {
      const isAnswer = isOfType('POLY_AGENT_MESSAGE');
      expect((await client.next(isAnswer)).payload.text).toBe(`You wrote: ${text}`);
    }
    const echoed = client.events.filter(isOfType('USER_MESSAGE')).map(({ payload }) => payload.text as string);
    expect(echoed).toEqual(['one', 'two', 'three']);
    await client.close();
  });

  it.each<[string, object]>([
    ['no text', {}],
    ['an empty text', { text: '' }],
    ['a blank text', { text: ' \n\t' }],
    ['a text that is none', { text: 7 }],
  ])('MSG-062 with %s is refused, and nothing is kept', async (_what, payload) => {
    const client = await greeted();
    client.send('USER_MESSAGE', payload, { local_id: 'L1' });
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal).toMatchObject({ sequence: null, payload: { message: INVALID } });
    await client.settle();
    expect(client.journaled).toHaveLength(4);
    await client.close();
  });

  it.each(['🎺👩‍🚀🇺🇦', '𝒳 and 汉字', 'e\u0301 is not \u00e9', '"quotes" \\ and \u0000 \u2028', '\ud83d alone'])(
    'MSG-064 comes back as it was sent: %j',
    async (text) => {
      const { client, sessionId, token } = await parley.chat();
      client.send('USER_MESSAGE', { text });
      expect((await client.next('USER_MESSAGE')).payload.text).toBe(text);
      const again = await parley.connect({ session_id: sessionId, access_token: token });
      expect((await again.next('USER_MESSAGE')).payload.text).toBe(text);
      await client.close();
      await again.close();
    },
  );

  it('before the agent was asked for is echoed, refused so that SDKs ask, and answered after the greeting', async () => {
    const { client } = await parley.chat();
    client.send('USER_MESSAGE', { text: 'too early' }, { local_id: 'L1' });
    await client.next('USER_MESSAGE');
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal.payload).toEqual({
      message: 'Error: Conversation not found',
      level: 'SYSTEM_MESSAGE_LEVEL_ERROR',
    });
    client.send('REQUEST_POLY_AGENT_JOIN');
    await client.next('POLY_AGENT_JOINED');
    await client.next('POLY_AGENT_MESSAGE');
    expect((await client.next('POLY_AGENT_MESSAGE')).payload.text).toBe('You wrote: too early');
    await client.close();
  });
});

describe('signs of life', () => {
  it.each(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED'])(
    'MSG-065 %s brings neither echo nor error',
    async (state) => {
      const client = await greeted();
      const before = client.types.length;
      client.send('USER_TYPING', { state });
      await client.settle();
      expect(client.types).toHaveLength(before);
      await client.close();
    },
  );

  it('MSG-066 MSG-067 heartbeats come back with id, time, custom data, and no sequence', async () => {
    const client = await greeted();
    client.send('HEARTBEAT', {}, { beat: '1' });
    const echo = await client.next('HEARTBEAT');
    expect(echo).toEqual({
      id: expect.stringMatching(/./),
      sequence: null,
      timestamp: expect.stringMatching(/Z$/),
      type: 'EVENT_TYPE_HEARTBEAT',
      payload: {},
      metadata: { custom: { beat: '1' } },
    });
    await client.close();
  });
});

describe('an event that clients may not send', () => {
  it.each([
    ['MSG-068', '{not json', INVALID],
    ['MSG-069', '{"type":"EVENT_TYPE_NOPE","metadata":{"custom":{"local_id":"L"}}}', INVALID],
    ['MSG-070', '[]', INVALID],
    ['MSG-070', '{"payload":{}}', INVALID],
    ...[
      'POLY_AGENT_MESSAGE',
      'SESSION_END',
      'EVENT_BATCH',
      'USER_READ_MESSAGE',
      'SYSTEM_MESSAGE',
      'LIVE_AGENT_JOINED',
    ].map((type) => [
      type === 'POLY_AGENT_MESSAGE' ? 'MSG-071' : 'MSG-072',
      `{"type":"EVENT_TYPE_${type}","payload":{},"metadata":{"custom":{"local_id":"L"}}}`,
      `Event type not allowed: EVENT_TYPE_${type}`,
    ]),
  ])('%s MSG-073 is refused with its custom data, and the socket stays: %s', async (_id, frame, text) => {
    const client = await greeted();
    client.sendRaw(frame);
    const refusal = await client.next('SYSTEM_MESSAGE');
    expect(refusal.payload).toEqual({ message: text, level: 'SYSTEM_MESSAGE_LEVEL_ERROR' });
    expect(refusal.sequence).toBeNull();
    expect(refusal.metadata).toEqual(frame.includes('local_id') ? { custom: { local_id: 'L' } } : undefined);
    client.send('USER_MESSAGE', { text: 'go on' });
    await client.next('USER_MESSAGE');
    await client.close();
  });
});
