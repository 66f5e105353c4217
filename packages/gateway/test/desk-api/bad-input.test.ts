// What strangers and broken programs send: refused or passed on as text, and the socket is kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeTime } from '../../src/kit/index.ts';
import type { TestGateway } from '../driver.ts';
import type { WireClient } from '../wire-client.ts';
import { program, startDesk, waitingVisitor } from './desk-wire.ts';
import type { DeskProgram, DeskSocket } from './desk-wire.ts';

const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>&amp;{{x}}';

let parley: TestGateway;
let grace: DeskProgram;
let feed: DeskSocket;
let sessionId: string;
let client: WireClient;

beforeAll(async () => {
  parley = await startDesk();
  grace = await program(parley.url, 'grace');
  feed = await grace.feed();
  ({ sessionId, client } = await waitingVisitor(parley.url));
  await feed.do('accept', { session_id: sessionId });
  await client.next('LIVE_AGENT_JOINED');
});

afterAll(() => parley.gateway.close());

describe('a frame of the feed', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['an unknown type', '{"type":"explode"}'],
    ['no type', '{"__proto__":{"type":"accept-next"}}'],
    ['a very deep one', '['.repeat(50_000)],
  ])('that is %s is answered by an error', async (_what, text) => {
    feed.sendRaw(text);
    expect(await feed.next('error')).toMatchObject({ problem: { code: 'SCHEMA_VALIDATION_FAILED' } });
  });

  it('that is binary, or no UTF-8, is answered by an error', async () => {
    feed.sendRaw(Buffer.from('{"type":"ping"}'));
    expect(await feed.next('error')).toMatchObject({ problem: { code: 'SCHEMA_VALIDATION_FAILED' } });
  });

  it('that is too large is answered by an error, and one far beyond closes the socket', async () => {
    feed.sendRaw(JSON.stringify({ type: 'ping', padding: 'x'.repeat(300_000) }));
    expect(await feed.next('error')).toMatchObject({ problem: { code: 'BODY_TOO_LARGE' } });
    const other = await grace.feed();
    other.sendRaw('x'.repeat(2_000_000));
    expect((await other.closed).code).toBe(1009);
  });

  it.each<[string, object]>([
    ['send', { text: 'no id' }],
    ['send', { client_id: 'x', text: 7 }],
    ['send', { client_id: '', text: 'empty id' }],
    ['send', { client_id: 'x'.repeat(201), text: 'long id' }],
    ['send', { client_id: 'x', text: 'x'.repeat(16_001) }],
    ['note', { client_id: 'x', text: 'x'.repeat(16_001) }],
    ['send', { client_id: 'x', text: '', suggestions: Array.from({ length: 21 }, () => ({ message_text: 'a' })) }],
    ['read', { sequence: -1 }],
    ['typing', { state: 'STARTED' }],
    ['transfer', {}],
    ['transfer', { queue_id: 'support', person_id: 'noor' }],
    ['leave', { next: 'explode' }],
  ])('that is a command which cannot be read is refused by its id: %s %#', async (type, members) => {
    const refused = await feed.do(type, { session_id: sessionId, ...members });
    expect(refused).toMatchObject({ type: 'refused', problem: { code: 'SCHEMA_VALIDATION_FAILED' } });
  });

  it.each<[string, object]>([
    ['an empty message', { text: '  ' }],
    [
      'a link that a click would run',
      {
        text: 'look',
        attachments: [{ title: 'x', content_url: 'javascript:alert(1)', content_type: 'ATTACHMENT_CONTENT_TYPE_URL' }],
      },
    ],
  ])('that holds %s is refused', async (_what, members) => {
    const refused = await feed.do('send', { session_id: sessionId, client_id: 'bad', ...members });
    expect(refused).toMatchObject({ type: 'refused', problem: { code: 'BAD_CONTENT' } });
  });
});

describe('script and markup', () => {
  it('is text, both ways, and in notes', async () => {
    await feed.do('send', { session_id: sessionId, client_id: 'mark', text: MARKUP });
    expect((await client.next('LIVE_AGENT_MESSAGE')).payload.text).toBe(MARKUP);
    client.send('USER_MESSAGE', { text: MARKUP });
    expect((await feed.next(({ type, line }) => type === 'line' && line.speaker === 'user')).line.text).toBe(MARKUP);
    expect((await feed.do('note', { session_id: sessionId, client_id: 'mark', text: MARKUP })).note.text).toBe(MARKUP);
    const answer = await grace.get(`/chats/${sessionId}`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a body', () => {
  it.each(['{', '[]', '{"text":7}'])('that cannot be read is refused: %s', async (body) => {
    const answer = await grace.post(`/chats/${sessionId}/send`, body);
    expect(answer).toMatchObject({ status: 400, body: { success: false, error_code: 'SCHEMA_VALIDATION_FAILED' } });
  });

  it('that is too large is refused', async () => {
    const answer = await grace.post(`/chats/${sessionId}/note`, { client_id: 'x', text: 'x'.repeat(300_000) });
    expect(answer).toMatchObject({ status: 413, body: { error_code: 'BODY_TOO_LARGE' } });
  });

  it('of an unknown command is not found', async () => {
    expect(await grace.post(`/chats/${sessionId}/explode`)).toMatchObject({ status: 404 });
    expect(await grace.get('/chats?show=secret')).toMatchObject({ status: 400 });
  });
});

describe('somebody who sends without end', () => {
  it('is slowed down over REST and over the feed, and stays connected', async () => {
    const timeless = await startDesk({ clock: new FakeTime() });
    const noor = await program(timeless.url, 'noor');
    const noors = await noor.feed();
    const away = { availability: 'away' };
    const answers = await Promise.all(Array.from({ length: 201 }, () => noors.do('set-availability', away)));
    expect(answers.filter(({ type }) => type === 'done')).toHaveLength(200);
    expect(answers.at(-1)).toMatchObject({ type: 'refused', problem: { code: 'RATE_LIMITED' } });
    const refused = await noor.get('/me');
    expect(refused).toMatchObject({ status: 429, body: { error_code: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await noors.settle();
    await timeless.gateway.close();
  });
});
