import { describe, expect, it } from 'vitest';
import { conversation, settle } from './test/messaging-house.ts';

/** A user message as a client writes it, of so many bytes altogether. */
function frameOf(text: string, padding = 0): string {
  const frame = JSON.stringify({ type: 'EVENT_TYPE_USER_MESSAGE', payload: { text } });
  return frame.replace('{', `{${' '.repeat(padding)}`);
}

describe('when the connector is removed', () => {
  const gone = '~ Error: Connector not found';

  it('what clients ask for is refused, to its sender, with its custom data; nothing is kept', async () => {
    const { house, clients, client, session } = await conversation(2);
    house.connector.isThere = false;
    client.send({ type: 'user-message', text: 'Hello?' }, { local_id: 'L1' });
    client.send({ type: 'request-poly-agent-join' });
    client.send({ type: 'link-to-webrtc-conversation', callSid: 'call-1' });
    await settle();
    expect(clients.map(({ socket }) => socket.lines)).toEqual([[gone, gone, gone], []]);
    expect(client.socket.events[0]).toMatchObject({
      event: { level: 'SYSTEM_MESSAGE_LEVEL_ERROR' },
      custom: { local_id: 'L1' },
    });
    expect([session.state.sequence, client.socket.closedWith]).toEqual([3, null]);
  });

  it('typing is dropped in silence; heartbeats, repeats of what is kept and the end pass', async () => {
    const { house, client } = await conversation();
    client.send({ type: 'user-message', text: 'Hello?' }, { local_id: 'L1' });
    await settle();
    house.connector.isThere = false;
    client.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    client.send({ type: 'heartbeat' });
    client.send({ type: 'user-message', text: 'Hello?' }, { local_id: 'L1' });
    client.send({ type: 'user-end-session' });
    await settle();
    const again = ['4 user-message', '~ heartbeat', '4 user-message'];
    expect(client.socket.lines).toEqual([...again, '5 user-end-session', '6 session-end']);
  });
});

describe('a frame', () => {
  it.each([
    ['MSG-068', 'no JSON', 'hello', 'Unknown event type or invalid message format'],
    ['MSG-069', 'of an unknown type', '{"type":"EVENT_TYPE_NOPE"}', 'Unknown event type or invalid message format'],
    ['MSG-070', 'an array', '[{"type":"EVENT_TYPE_HEARTBEAT"}]', 'Unknown event type or invalid message format'],
    ['MSG-070', 'without a type', '{"payload":{}}', 'Unknown event type or invalid message format'],
    ['MSG-062', 'a blank message', frameOf(' \n'), 'Unknown event type or invalid message format'],
    [
      'MSG-062',
      'a message without text',
      '{"type":"EVENT_TYPE_USER_MESSAGE"}',
      'Unknown event type or invalid message format',
    ],
    [
      'MSG-071',
      'what only servers may send',
      '{"type":"EVENT_TYPE_POLY_AGENT_MESSAGE"}',
      'Event type not allowed: EVENT_TYPE_POLY_AGENT_MESSAGE',
    ],
    ...['SESSION_END', 'EVENT_BATCH', 'USER_READ_MESSAGE'].map((type) => [
      'MSG-072',
      `of type ${type}`,
      `{"type":"EVENT_TYPE_${type}","payload":{}}`,
      `Event type not allowed: EVENT_TYPE_${type}`,
    ]),
  ])('%s MSG-074 that is %s is answered to its sender only; the socket stays, nothing is kept', async (...row) => {
    const [, , text = '', answer] = row;
    const { clients, client, session } = await conversation(2);
    client.sendText(text);
    await settle();
    expect(clients.map(({ socket }) => socket.lines)).toEqual([[`~ ${answer}`], []]);
    expect(client.socket.events).toMatchObject([{ event: { level: 'SYSTEM_MESSAGE_LEVEL_ERROR' } }]);
    expect(client.socket.closedWith).toBeNull();
    expect(session.state.sequence).toBe(3);
  });

  it('MSG-073 that is refused gets its custom data back', async () => {
    const { client } = await conversation(1);
    client.sendText('{"type":"EVENT_TYPE_NOPE","metadata":{"custom":{"local_id":"L","n":2}}}');
    expect(client.socket.events).toMatchObject([{ custom: { local_id: 'L', n: 2 } }]);
  });

  it('that is binary is answered, for there are none', async () => {
    const { client } = await conversation(1);
    client.connection.receivedBinary();
    expect(client.socket.lines).toEqual(['~ Unknown event type or invalid message format']);
  });

  it('MSG-063 may carry a text of the very limit, in bytes', async () => {
    const { client } = await conversation(1, { settings: { maxMessageBytes: 1000 } });
    client.sendText(frameOf('ä'.repeat(500)));
    client.sendText(frameOf(`${'ä'.repeat(500)}x`));
    await settle();
    expect(client.socket.lines.toSorted()).toEqual(['4 user-message', '~ Message too large']);
  });

  it('may be larger than its text by an envelope, and no more', async () => {
    const { client } = await conversation(1, { settings: { maxMessageBytes: 1000 } });
    const padding = 1000 + 4096 - frameOf('Hi.').length;
    client.sendText(frameOf('Hi.', padding));
    client.sendText(frameOf('Hi.', padding + 1));
    await settle();
    expect(client.socket.lines.toSorted()).toEqual(['4 user-message', '~ Message too large']);
  });

  it('MSG-064 brings its text through unchanged', async () => {
    const { client } = await conversation(1);
    const text = '🦔 à  é 𝟜\u2028€\u0000"\\';
    client.send({ type: 'user-message', text });
    await settle();
    expect(client.socket.events).toMatchObject([{ event: { text } }]);
  });

  it('MSG-066 MSG-067 that is a heartbeat comes back to its sender alone, with its custom data', async () => {
    const { clients, client } = await conversation(2);
    client.send({ type: 'heartbeat' }, { beat: 'b' });
    expect(clients.map(({ socket }) => socket.lines)).toEqual([['~ heartbeat'], []]);
    expect(client.socket.events).toMatchObject([{ sequence: null, custom: { beat: 'b' } }]);
  });
});

describe('a client that reads too slowly', () => {
  it('is sent away with 1013 and dropped if that takes too long; the session and the others go on', async () => {
    const { house, session, clients, client } = await conversation(2, { settings: { maxBufferedBytes: 1000 } });
    client.socket.bufferedBytes = 1001;
    session.execute({ type: 'client-event', event: { type: 'user-message', text: 'one' } });
    session.execute({ type: 'client-event', event: { type: 'user-message', text: 'two' } });
    await settle();
    expect(client.socket.lines).toEqual(['4 user-message']);
    expect(client.socket.closedWith?.code).toBe(1013);
    expect(client.socket.terminated).toBe(false);
    house.time.advance(5_000);
    expect(client.socket.terminated).toBe(true);
    expect(clients[1]?.socket.lines).toEqual(['4 user-message', '5 user-message']);
  });

  it('is sent away during its replay too', async () => {
    const { house, session } = await conversation(1, { settings: { maxBufferedBytes: 1000 } });
    house.store.holdReads = true;
    const slow = house.connect(session);
    slow.socket.bufferedBytes = 1001;
    house.store.holdReads = false;
    house.store.answer();
    await settle();
    expect(slow.socket.closedWith?.code).toBe(1013);
    expect(slow.socket.frames).toHaveLength(1);
  });
});

describe('the end of a session', () => {
  it('MSG-097 is read before every socket is closed with 1000', async () => {
    const { house, clients, client } = await conversation(2);
    client.send({ type: 'user-end-session' });
    await settle();
    for (const { socket } of clients) {
      expect(socket.lines).toEqual(['4 user-end-session', '5 session-end']);
      expect(socket.closedWith).toBeNull();
    }
    client.send({ type: 'heartbeat' });
    expect(client.socket.lines.at(-1)).toBe('~ heartbeat');
    house.time.advance(2_000);
    expect(clients.map(({ socket }) => socket.closedWith?.code)).toEqual([1000, 1000]);
  });

  it('MSG-098 counts although the socket closes behind it', async () => {
    const { session, client } = await conversation(1);
    client.send({ type: 'user-end-session' });
    client.connection.closed();
    await settle();
    expect(session.state.ended?.reason).toBe('REASON_USER_END');
  });

  it('that comes during a replay is replayed, then the socket is closed', async () => {
    const { house, session } = await conversation(1);
    house.store.holdReads = true;
    const late = house.connect(session);
    session.execute({ type: 'client-event', event: { type: 'user-end-session' } });
    await settle();
    house.store.holdReads = false;
    house.store.answer();
    await settle();
    expect(late.socket.lines.slice(-2)).toEqual(['4 user-end-session', '5 session-end']);
    house.time.advance(2_000);
    expect(late.socket.closedWith?.code).toBe(1000);
  });

  it('can be read again by who comes after it', async () => {
    const { house, session, client } = await conversation(1);
    client.send({ type: 'user-end-session' });
    await settle();
    const late = house.connect(session);
    await settle();
    expect(late.socket.lines.at(-1)).toBe('5 session-end');
    house.time.advance(2_000);
    expect(late.socket.closedWith?.code).toBe(1000);
  });
});
