// What a client is shown when it connects, and that nothing is lost between what was and what is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeTime } from '../src/kit/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import type { WireClient, WireEvent } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway({ limits: { eventsPerSecondPerSession: 0 } });
});

afterAll(() => parley.gateway.close());

interface Chat {
  token: string;
  sessionId: string;
  client: WireClient;
}

/** Connects once more to the session of a chat. */
function reconnect({ sessionId, token }: Chat, cursor?: string): Promise<WireClient> {
  const query = { session_id: sessionId, access_token: token };
  return parley.connect(cursor === undefined ? query : { ...query, cursor });
}

/** A chat in which the agent has greeted and answered once. */
async function talkedChat(): Promise<Chat> {
  const chat = await parley.chat();
  chat.client.send('REQUEST_POLY_AGENT_JOIN');
  await chat.client.next('POLY_AGENT_MESSAGE');
  chat.client.send('USER_MESSAGE', { text: 'When are your opening hours?' });
  await chat.client.next('POLY_AGENT_MESSAGE');
  return chat;
}

function sequences(events: readonly WireEvent[]): (number | null)[] {
  return events.map(({ sequence }) => sequence);
}

function batchOf(frame: string | undefined): WireEvent[] {
  const { type, payload } = JSON.parse(frame ?? '{}') as WireEvent;
  expect(type).toBe('EVENT_TYPE_EVENT_BATCH');
  return payload.events as WireEvent[];
}

/** What a connection with this cursor is shown before anything else. */
async function replayed(chat: Chat, cursor?: string): Promise<WireEvent[]> {
  const client = await reconnect(chat, cursor);
  await client.settle();
  const events = client.frames.slice(0, -1).flatMap(batchOf);
  await client.close();
  return events;
}

describe('a new session', () => {
  it('MSG-033 MSG-034 shows one batch with one event, SESSION_START, unasked', async () => {
    const { client } = await parley.chat();
    await client.next('SESSION_START');
    const [first] = client.frames;
    expect(batchOf(first)).toMatchObject([{ type: 'EVENT_TYPE_SESSION_START', sequence: 1 }]);
    expect(client.binaryFrames).toBe(0);
    await client.close();
  });

  it('MSG-035 says what the server can do', async () => {
    const { client } = await parley.chat();
    const { payload } = await client.next('SESSION_START');
    expect(payload.capabilities).toEqual({
      streaming: expect.any(Boolean),
      max_message_size_bytes: 131_072,
      max_reconnect_attempts: 5,
      heartbeat_interval_seconds: 30,
    });
    expect(payload).not.toHaveProperty('context_id');
    await client.close();
  });

  it.each([true, false])('MSG-036 streams when it was asked to: %s', async (streaming_enabled) => {
    const { client } = await parley.chat({ streaming_enabled });
    expect((await client.next('SESSION_START')).payload.capabilities.streaming).toBe(streaming_enabled);
    await client.close();
  });

  it('MSG-037 hears nothing of an agent before it asks for one', async () => {
    const time = new FakeTime(Date.now());
    const other = await startGateway({ clock: time, timers: time });
    const { client } = await other.chat();
    await client.next('SESSION_START');
    time.advance(3_000);
    await client.settle();
    expect(client.types).toEqual(['SESSION_START']);
    await other.gateway.close();
  });
});

describe('a cursor', () => {
  it('MSG-038 replays only what came after it, in either form', async () => {
    const chat = await talkedChat();
    const all = chat.client.journaled;
    expect(all.length).toBeGreaterThanOrEqual(6);
    for (const cursor of [1, 3, all.length - 1]) {
      const expected = all.filter(({ sequence }) => (sequence ?? 0) > cursor);
      expect(await replayed(chat, `${cursor}`)).toEqual(expected);
      expect(await replayed(chat, `seq:${cursor}`)).toEqual(expected);
    }
  });

  it.each(['0', 'seq:0', '', undefined])('MSG-039 of %j replays everything', async (cursor) => {
    const chat = await talkedChat();
    const events = await replayed(chat, cursor);
    expect(events[0]?.type).toBe('EVENT_TYPE_SESSION_START');
    expect(events).toEqual(chat.client.journaled);
  });

  it.each(['abc', '-1', '1.5', 'seq:', 'seq:x', ' 12', 'SEQ:3', '1e1', '9'.repeat(400)])(
    'MSG-040 of %j makes no sense, and everything is replayed',
    async (cursor) => {
      const chat = await talkedChat();
      expect(sequences(await replayed(chat, cursor))).toEqual(sequences(chat.client.journaled));
    },
  );

  it('MSG-041 at or beyond the end replays nothing, in one empty batch', async () => {
    const chat = await talkedChat();
    for (const cursor of [`${chat.client.journaled.length}`, '1000', 'seq:999999999']) {
      const client = await reconnect(chat, cursor);
      await client.settle();
      expect(batchOf(client.frames[0])).toEqual([]);
      await client.close();
    }
  });

  it('MSG-041 beyond the end does not hide what comes next', async () => {
    const chat = await talkedChat();
    const client = await reconnect(chat, '1000');
    chat.client.send('USER_MESSAGE', { text: 'again' });
    await client.next('USER_MESSAGE');
    expect((await client.next('POLY_AGENT_MESSAGE')).payload.text).toContain('again');
    await client.close();
  });
});

describe('a replay', () => {
  it('MSG-042 is equal to the byte to what was shown live', async () => {
    const chat = await talkedChat();
    const live = chat.client.frames.slice(1).filter((frame) => (JSON.parse(frame) as WireEvent).sequence !== null);
    const again = await reconnect(chat);
    await again.settle();
    expect(live.length).toBeGreaterThanOrEqual(5);
    for (const frame of live) expect(again.frames[0]).toContain(frame);
  });

  it('MSG-043 goes up by sequence, over all batches, and holds objects only', async () => {
    const chat = await parley.chat();
    chat.client.send('REQUEST_POLY_AGENT_JOIN');
    // Or the first batch may be as long as it takes to have the agent in it.
    await chat.client.next('POLY_AGENT_JOINED');
    for (let index = 0; index < 60; index += 1) chat.client.send('USER_MESSAGE', { text: `message ${index}` });
    await chat.client.next(
      ({ type, payload }) => type.endsWith('AGENT_MESSAGE') && payload.text.includes('message 59'),
    );
    const again = await reconnect(chat);
    await again.settle();
    const batches = again.frames.slice(0, -1).map(batchOf);
    expect(batches.length).toBeGreaterThan(1);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(50);
    const events = batches.flat();
    expect(sequences(events)).toEqual(Array.from({ length: chat.client.journaled.length }, (_, index) => index + 1));
    for (const event of events) expect(event).toBeTypeOf('object');
  });

  it('MSG-044 has SESSION_START and POLY_AGENT_JOINED in the same batch', async () => {
    const chat = await talkedChat();
    const client = await reconnect(chat);
    await client.settle();
    const types = batchOf(client.frames[0]).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['EVENT_TYPE_SESSION_START', 'EVENT_TYPE_POLY_AGENT_JOINED']));
  });

  it('MSG-045 loses nothing that happens while a socket connects', async () => {
    const chat = await talkedChat();
    const arriving: Promise<WireClient>[] = [];
    for (let index = 0; index < 30; index += 1) {
      chat.client.send('USER_MESSAGE', { text: `message ${index}` });
      if (index % 5 === 0) arriving.push(reconnect(chat, index % 2 === 0 ? '2' : undefined));
      if (index % 10 === 0) await chat.client.next('USER_MESSAGE');
    }
    const clients = await Promise.all(arriving);
    const isLast = ({ type, payload }: WireEvent): boolean =>
      type.endsWith('AGENT_MESSAGE') && payload.text.includes('message 29');
    await Promise.all([chat.client, ...clients].map((client) => client.next(isLast)));
    const all = chat.client.journaled;
    for (const client of clients) {
      const first = client.journaled[0]?.sequence ?? 0;
      expect([1, 3]).toContain(first);
      const unique = new Map(client.journaled.map((event) => [event.id, event]));
      expect([...unique.values()]).toEqual(all.filter(({ sequence }) => (sequence ?? 0) >= first));
    }
    await Promise.all(clients.map((client) => client.close()));
  });

  it('MSG-046 keeps its frames below 128 KiB', async () => {
    const chat = await parley.chat();
    for (const size of [70_000, 50_000, 60_000, 5, 65_000, 131_072, 10]) {
      chat.client.send('USER_MESSAGE', { text: 'x'.repeat(size) });
      await chat.client.next('USER_MESSAGE');
    }
    const again = await reconnect(chat);
    await again.settle();
    expect(sequences(again.journaled)).toEqual(sequences(chat.client.journaled));
    for (const frame of again.frames.slice(0, -1)) {
      const events = batchOf(frame);
      expect(events.length === 1 || Buffer.byteLength(frame) <= 131_072).toBe(true);
    }
  });

  it('MSG-050 leaves out what is transient', async () => {
    const chat = await talkedChat();
    chat.client.send('NOPE');
    await chat.client.next('SYSTEM_MESSAGE');
    const transient = chat.client.events.filter(({ sequence }) => sequence === null).map(({ type }) => type);
    expect(transient).toEqual(expect.arrayContaining(['EVENT_TYPE_POLY_AGENT_THINKING', 'EVENT_TYPE_SYSTEM_MESSAGE']));
    const events = await replayed(chat);
    expect(events.filter(({ sequence }) => sequence === null)).toEqual([]);
    expect(events).toEqual(chat.client.journaled);
  });
});
