// How sessions end, expire and go on: by their users, their agents, time, and agents that fail to start.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentError } from '../src/agents/index.ts';
import type { ChatAgent } from '../src/agents/index.ts';
import { FakeTime } from '../src/kit/index.ts';
import { createMemoryStore } from '../src/store/index.ts';
import { startGateway } from './driver.ts';
import type { TestGateway, TestSettings } from './driver.ts';
import { isOfType, refusedHandshake } from './wire-client.ts';
import type { WireClient } from './wire-client.ts';

const gateways: TestGateway[] = [];

afterEach(async () => {
  await Promise.all(gateways.splice(0).map(({ gateway }) => gateway.close()));
});

async function start(settings: TestSettings = {}): Promise<TestGateway> {
  const parley = await startGateway(settings);
  gateways.push(parley);
  return parley;
}

/** A gateway whose time only tests move. */
async function startInFakeTime(settings: TestSettings = {}): Promise<{ parley: TestGateway; time: FakeTime }> {
  const time = new FakeTime(Date.now());
  return { parley: await start({ ...settings, clock: time, timers: time }), time };
}

/** Moves time on in small steps, giving what happens in between its turn, until the promise is fulfilled. */
async function passTimeUntil<Value>(time: FakeTime, wanted: Promise<Value>): Promise<Value> {
  let isOver = false;
  const over = wanted.finally(() => (isOver = true));
  over.catch(() => {});
  while (!isOver) {
    time.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return over;
}

/** Everything in a session's journal, read over a new connection. */
async function journalOf(parley: TestGateway, chat: { sessionId: string; token: string }): Promise<WireClient> {
  const client = await parley.connect({ session_id: chat.sessionId, access_token: chat.token });
  await client.next('SESSION_START');
  return client;
}

describe('an end by the user', () => {
  it('MSG-097 is echoed, then the session ends, then the sockets close with 1000', async () => {
    const parley = await start();
    const { client, sessionId, token } = await parley.chat();
    const other = await parley.connect({ session_id: sessionId, access_token: token });
    client.send('USER_END_SESSION', {}, { local_id: 'L' });
    expect((await client.next('USER_END_SESSION')).metadata).toEqual({ custom: { local_id: 'L' } });
    expect((await client.next('SESSION_END')).payload).toEqual({ reason: 'REASON_USER_END' });
    expect((await client.closed).code).toBe(1000);
    expect((await other.closed).code).toBe(1000);
    expect(other.types).toEqual(['SESSION_START', 'USER_END_SESSION', 'SESSION_END']);
  });

  it('MSG-098 counts even when the client hangs up at once', async () => {
    const parley = await start();
    const chat = await parley.chat();
    chat.client.send('USER_END_SESSION');
    await chat.client.close();
    const again = await journalOf(parley, chat);
    expect((await again.next('SESSION_END')).payload).toEqual({ reason: 'REASON_USER_END' });
    expect((await again.closed).code).toBe(1000);
  });

  it('MSG-099 is the last thing in the journal; later frames are answered and not kept', async () => {
    const parley = await start();
    const chat = await parley.chat();
    chat.client.send('USER_END_SESSION');
    await chat.client.next('SESSION_END');
    chat.client.send('USER_MESSAGE', { text: 'still there?' }, { local_id: 'late' });
    const refusal = await chat.client.next('SYSTEM_MESSAGE');
    expect(refusal.payload.message).toBe('Error: Session not found');
    expect(refusal.metadata).toEqual({ custom: { local_id: 'late' } });
    chat.client.send('HEARTBEAT', {}, { n: '1' });
    expect((await chat.client.next('HEARTBEAT')).sequence).toBeNull();
    await chat.client.closed;
    const again = await journalOf(parley, chat);
    await again.closed;
    expect(again.journaled.map(({ type }) => type)).toEqual([
      'EVENT_TYPE_SESSION_START',
      'EVENT_TYPE_USER_END_SESSION',
      'EVENT_TYPE_SESSION_END',
    ]);
  });
});

describe('a client that hangs up', () => {
  it.each([1000, 1001, 4000, 4002])('MSG-100 with %s leaves its session as it was', async (code) => {
    const parley = await start();
    const chat = await parley.chat();
    chat.client.send('USER_MESSAGE', { text: 'I shall return' });
    await chat.client.next('USER_MESSAGE');
    await chat.client.close(code);
    const again = await journalOf(parley, chat);
    expect((await again.next('USER_MESSAGE')).payload.text).toBe('I shall return');
    again.send('REQUEST_POLY_AGENT_JOIN');
    await again.next('POLY_AGENT_JOINED');
  });

  it('MSG-100 by losing its network does too', async () => {
    const parley = await start();
    const chat = await parley.chat();
    chat.client.drop();
    await (await journalOf(parley, chat)).settle();
  });
});

describe('an end by the agent', () => {
  it('MSG-101 is natural, and the socket closes with 1000', async () => {
    const parley = await start();
    const { client } = await parley.chat();
    client.send('REQUEST_POLY_AGENT_JOIN');
    await client.next('POLY_AGENT_MESSAGE');
    client.send('USER_MESSAGE', { text: 'Goodbye!' });
    await client.next('POLY_AGENT_MESSAGE');
    expect((await client.next('SESSION_END')).payload).toEqual({ reason: 'REASON_NATURAL_END' });
    expect((await client.closed).code).toBe(1000);
  });
});

describe('an idle session', () => {
  it('MSG-102 is abandoned, and can no longer be found', async () => {
    const { parley, time } = await startInFakeTime({ sessions: { idleTimeoutSeconds: 60 } });
    const { client, sessionId, token } = await parley.chat();
    const end = await passTimeUntil(time, client.next('SESSION_END'));
    expect(end.payload).toEqual({ reason: 'REASON_USER_ABANDONED' });
    expect((await passTimeUntil(time, client.closed)).code).toBe(1000);
    const query = { session_id: sessionId, access_token: token };
    const answer = await refusedHandshake(parley.socketUrl(query));
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([404, { message: 'session not found' }]);
  });

  it('MSG-103 lives on by heartbeats alone', async () => {
    const { parley, time } = await startInFakeTime({ sessions: { idleTimeoutSeconds: 60 } });
    const { client } = await parley.chat();
    for (let beat = 0; beat < 10; beat += 1) {
      time.advance(30_000);
      await client.settle();
    }
    expect(client.types).toEqual(['SESSION_START']);
  });

  it('lives on by heartbeats for so long only, if nobody says anything', async () => {
    const { parley, time } = await startInFakeTime({
      sessions: { idleTimeoutSeconds: 60, abandonedAfterSeconds: 300 },
    });
    const { client } = await parley.chat();
    for (let beat = 0; beat < 20 && !client.types.includes('SESSION_END'); beat += 1) {
      time.advance(30_000);
      await client.settle();
    }
    expect(client.events.find(isOfType('SESSION_END'))?.payload).toEqual({ reason: 'REASON_USER_ABANDONED' });
  });

  it('MSG-104 expires even if nobody ever connected', async () => {
    const { parley, time } = await startInFakeTime({ sessions: { idleTimeoutSeconds: 60 } });
    const token = await parley.accessToken();
    const session_id = await parley.createSession(token);
    const bystander = await parley.chat();
    await passTimeUntil(time, bystander.client.closed);
    const answer = await refusedHandshake(parley.socketUrl({ session_id, access_token: token }));
    expect(answer.status).toBe(404);
  });

  it('closes a silent socket with 1001 while another keeps the session alive', async () => {
    const { parley, time } = await startInFakeTime({ sessions: { idleTimeoutSeconds: 60 } });
    const { client, sessionId, token } = await parley.chat();
    const silent = await parley.connect({ session_id: sessionId, access_token: token });
    for (let beat = 0; beat < 3; beat += 1) {
      time.advance(30_000);
      await client.settle();
    }
    expect((await silent.closed).code).toBe(1001);
    await client.settle();
    expect(client.types).toEqual(['SESSION_START']);
  });

  it('can be read for a while after its end, and not later', async () => {
    const { parley, time } = await startInFakeTime({ sessions: { endedReplaySeconds: 100 } });
    const chat = await parley.chat();
    chat.client.send('USER_END_SESSION');
    await passTimeUntil(time, chat.client.closed);
    const again = await journalOf(parley, chat);
    expect((await passTimeUntil(time, again.closed)).code).toBe(1000);
    time.advance(100_000);
    const query = { session_id: chat.sessionId, access_token: chat.token };
    expect((await refusedHandshake(parley.socketUrl(query))).status).toBe(404);
  });
});

describe('an agent that cannot start', () => {
  it('MSG-107 is reported later each time, and after three times without the words that make SDKs ask again', async () => {
    const broken: ChatAgent = {
      // It fails before its first piece.
      // oxlint-disable-next-line require-yield
      async *respond() {
        throw new AgentError('no-reply', 'nobody is there');
      },
    };
    const { parley, time } = await startInFakeTime({ agents: { demo: broken } });
    const { client } = await parley.chat();
    const texts: string[] = [];
    for (const waitMs of [2_000, 4_000, 8_000, 16_000]) {
      client.send('REQUEST_POLY_AGENT_JOIN');
      await client.next('REQUEST_POLY_AGENT_JOIN');
      await client.settle();
      time.advance(waitMs - 1);
      await client.settle();
      expect(client.types.filter((type) => type === 'SYSTEM_MESSAGE')).toHaveLength(texts.length);
      time.advance(1);
      texts.push((await client.next('SYSTEM_MESSAGE')).payload.message);
    }
    const startFailed = "Sorry, I'm unable to start a conversation right now. Please try again later.";
    expect(texts.slice(0, 3)).toEqual([startFailed, startFailed, startFailed]);
    expect(texts[3]).toBe('Sorry, I encountered an error. Please try again.');
  });
});

describe('a gateway that drains', () => {
  it('begins no new session, yet finishes what is under way', async () => {
    const release = Promise.withResolvers<void>();
    const patient: ChatAgent = {
      async *respond() {
        yield { kind: 'thinking' };
        await release.promise;
        yield { kind: 'text', text: 'Here I am.' };
      },
    };
    const store = createMemoryStore();
    const parley = await start({ agents: { demo: patient }, store });
    const chat = await parley.chat();
    chat.client.send('REQUEST_POLY_AGENT_JOIN');
    await chat.client.next('POLY_AGENT_THINKING');
    // Somebody is in the middle of a request when the drain begins.
    const socket = connect(parley.port, '127.0.0.1');
    const authorization = `Authorization: Bearer ${chat.token}`;
    socket.write(`POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Length: 2\r\n\r\n{`);
    await parley.accessToken();

    const drained = parley.gateway.drain();
    expect((await chat.client.closed).code).toBe(1001);
    await expect(parley.accessToken()).rejects.toThrow();
    socket.write('}');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*"Service unavailable"/i);
    release.resolve();
    await drained;
    const texts = await store.replay(chat.sessionId, { after: 0, limit: 100 });
    expect(texts.at(-1)).toContain('Here I am.');
  });
});
