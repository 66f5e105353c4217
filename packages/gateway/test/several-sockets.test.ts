// One session on several sockets: what all of them see, and what only one does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { isOfType } from './wire-client.ts';
import type { WireClient } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

/** Sockets on one session whose agent has greeted. */
async function socketsOnOne(count: number): Promise<WireClient[]> {
  const { client, token, sessionId } = await parley.chat();
  client.send('REQUEST_POLY_AGENT_JOIN');
  await client.next('POLY_AGENT_MESSAGE');
  const query = { session_id: sessionId, access_token: token };
  const others = await Promise.all(Array.from({ length: count - 1 }, () => parley.connect(query)));
  const all = [client, ...others];
  await Promise.all(all.map((each) => each.settle()));
  return all;
}

function journaledFrames(client: WireClient): string[] {
  return client.frames.filter((frame) => /"sequence":\d/.test(frame) && !frame.includes('EVENT_BATCH'));
}

describe('what is said in a session', () => {
  it('MSG-060 reaches every socket, echo and answer alike, the same to the byte', async () => {
    const [sender, ...others] = await socketsOnOne(3);
    sender?.send('USER_MESSAGE', { text: 'hello everybody' }, { local_id: 'L1' });
    for (const client of [sender, ...others]) {
      const echo = await client?.next('USER_MESSAGE');
      expect(echo).toMatchObject({ payload: { text: 'hello everybody' }, metadata: { custom: { local_id: 'L1' } } });
      await client?.next('POLY_AGENT_THINKING');
      expect((await client?.next('POLY_AGENT_MESSAGE'))?.payload.text).toBe('You wrote: hello everybody');
    }
    const [expected = [], ...seen] = [sender, ...others].map((client) => client && journaledFrames(client).slice(-2));
    expect(expected).toHaveLength(2);
    expect(seen).toEqual([expected, expected]);
  });

  it('MSG-060 comes in the same order everywhere, whoever says it', async () => {
    const clients = await socketsOnOne(4);
    for (let index = 0; index < 10; index += 1) {
      for (const [who, client] of clients.entries()) client.send('USER_MESSAGE', { text: `${who} says ${index}` });
    }
    for (let answer = 0; answer < 40; answer += 1) await clients[0]?.next('POLY_AGENT_MESSAGE');
    await Promise.all(clients.map((client) => client.settle()));
    const [first, ...others] = clients.map((client) => client.journaled);
    expect(first?.filter(isOfType('USER_MESSAGE'))).toHaveLength(40);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('what concerns one socket', () => {
  it.each<[string, string]>([
    ['no JSON', '{not json'],
    ['an unknown type', '{"type":"EVENT_TYPE_NOPE"}'],
    ['a type that is not allowed', '{"type":"EVENT_TYPE_SESSION_END"}'],
    ['a message without text', '{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":" "}}'],
    [
      'too large a message',
      JSON.stringify({ type: 'EVENT_TYPE_USER_MESSAGE', payload: { text: 'x'.repeat(140_000) } }),
    ],
  ])('MSG-074 is not told to others: a refusal of %s', async (_what, frame) => {
    const [offender, other] = await socketsOnOne(2);
    offender?.sendRaw(frame);
    await offender?.next('SYSTEM_MESSAGE');
    // Comes after whatever the refusal could have brought.
    offender?.send('USER_MESSAGE', { text: 'go on' });
    await other?.next('USER_MESSAGE');
    await other?.settle();
    expect(other?.types).not.toContain('SYSTEM_MESSAGE');
    expect(offender?.types.filter((type) => type === 'SYSTEM_MESSAGE')).toHaveLength(1);
  });

  it('MSG-066 is not told to others: heartbeats, repeated echoes and needless joins', async () => {
    const [sender, other] = await socketsOnOne(2);
    sender?.send('USER_MESSAGE', { text: 'once' }, { local_id: 'L1' });
    await sender?.next('POLY_AGENT_MESSAGE');
    sender?.send('USER_MESSAGE', { text: 'once' }, { local_id: 'L1' });
    sender?.send('REQUEST_POLY_AGENT_JOIN');
    sender?.send('HEARTBEAT');
    await sender?.settle();
    await other?.settle();
    expect(sender?.types.slice(-2)).toEqual(['USER_MESSAGE', 'REQUEST_POLY_AGENT_JOIN']);
    expect(other?.types.at(-1)).toBe('POLY_AGENT_MESSAGE');
    expect(other?.events.filter(isOfType('HEARTBEAT'))).toHaveLength(2);
  });
});
