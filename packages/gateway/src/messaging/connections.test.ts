import { describe, expect, it } from 'vitest';
import { conversation, messagingHouse, settle } from './test/messaging-house.ts';

describe('the connections of a session', () => {
  it('MSG-029 are ten at most; one that closes, by whoever’s wish, makes room', async () => {
    const { house, session, clients } = await conversation(10);
    expect(house.connections.isFull(session)).toBe(true);
    clients[0]?.connection.closed();
    expect(house.connections.isFull(session)).toBe(false);
    house.connect(session);
    expect(house.connections.isFull(session)).toBe(true);
    clients[1]?.connection.close(1001, 'bye');
    expect(house.connections.isFull(session)).toBe(false);
  });

  it('that are silent close with 1001 while another one speaks', async () => {
    const { house, clients } = await conversation(2);
    for (let minute = 0; minute <= 10; minute++) {
      clients[1]?.send({ type: 'heartbeat' });
      house.time.advance(60_000);
    }
    expect(clients.map(({ socket }) => socket.closedWith?.code)).toEqual([1001, undefined]);
  });

  it('may be silent during a call', async () => {
    const { house, session, clients } = await conversation(2);
    const start = { answers: 'agent', greeting: false, variantId: null, build: null, backfill: [] } as const;
    session.execute({ type: 'call-started', callId: 'call-1', ...start });
    await settle();
    for (let minute = 0; minute <= 10; minute++) {
      clients[1]?.send({ type: 'heartbeat' });
      house.time.advance(60_000);
    }
    expect(clients.map(({ socket }) => socket.closedWith)).toEqual([null, null]);
  });

  it('stay when all are silent, for the session’s end to be said', async () => {
    const { house, clients } = await conversation(2);
    house.time.advance(11 * 60_000);
    expect(clients.map(({ socket }) => socket.closedWith)).toEqual([null, null]);
  });
});

describe('all connections', () => {
  it('MSG-105 close with 1001 when the process goes; their sessions do not end', async () => {
    const { house, session, clients } = await conversation(2);
    house.connections.closeAll();
    expect(clients.map(({ socket }) => socket.closedWith?.code)).toEqual([1001, 1001]);
    expect(session.state.ended).toBeNull();
  });

  it('are counted until their sockets are gone', async () => {
    const house = messagingHouse();
    const { connection } = house.connect(await house.begin());
    await settle();
    connection.close(1001, 'bye');
    expect(house.connections.count).toBe(1);
    connection.closed();
    connection.closed();
    expect(house.connections.count).toBe(0);
  });

  it('that are closed before the other side answers are dropped after a while', async () => {
    const { house, client } = await conversation();
    house.connections.closeAll();
    house.time.advance(4_999);
    expect(client.socket.terminated).toBe(false);
    house.time.advance(1);
    expect(client.socket.terminated).toBe(true);
  });
});
