// When sessions expire and when they leave the memory. Time is the test's.
import { describe, expect, it } from 'vitest';
import { silentLog } from '../kit/index.ts';
import { watchIdleness } from './idle-watch.ts';
import type { LiveSession } from './live-session.ts';
import { call, desk, place, request } from './test/commands.ts';
import { conversation, messagingHouse, settle, turnOf } from './test/messaging-house.ts';
import type { Conversation, MessagingHouse } from './test/messaging-house.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Lets time go by in steps of five seconds, each with all that follows from it. */
async function pass(ms: number, { time }: MessagingHouse, each: () => void = () => {}): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    time.advance(5_000);
    each();
    await settle();
  }
}

function endOf(session: LiveSession | undefined): string | undefined {
  return session?.state.ended?.reason;
}

describe('a session', () => {
  it('MSG-102 expires when no client was heard of for the idle timeout; its sockets hear of it and close with 1000', async () => {
    const { house, session, client } = await conversation();
    await house.sessions.start();
    await pass(9 * minute, house);
    expect(endOf(session)).toBeUndefined();
    await pass(minute + 10_000, house);
    expect(endOf(session)).toBe('REASON_USER_ABANDONED');
    expect(client.socket.lines).toEqual(['4 session-end']);
    await pass(5_000, house);
    expect(client.socket.closedWith?.code).toBe(1000);
  });

  it('MSG-103 lives by heartbeats alone', async () => {
    const { house, session, client } = await conversation();
    await house.sessions.start();
    await pass(hour, house, () => client.send({ type: 'heartbeat' }));
    expect(endOf(session)).toBeUndefined();
  });

  it('lives by heartbeats for two hours at most, if nobody writes anything', async () => {
    const { house, session, client } = await conversation();
    await house.sessions.start();
    const beat = (): void => client.send({ type: 'heartbeat' });
    await pass(2 * hour - minute, house, beat);
    expect(endOf(session)).toBeUndefined();
    client.send({ type: 'user-message', text: 'Still here.' });
    await pass(2 * hour - minute, house, beat);
    expect(endOf(session)).toBeUndefined();
    await pass(2 * minute, house, beat);
    expect(endOf(session)).toBe('REASON_USER_ABANDONED');
  });

  it('is not kept by what a desk tells of the queue: only messages count', async () => {
    const { house, session, client } = await conversation();
    session.execute({ type: 'request-turn' });
    session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
    await house.sessions.start();
    let told = 0;
    await pass(2 * hour + minute, house, () => {
      client.send({ type: 'heartbeat' });
      session.execute(place(++told));
    });
    expect(endOf(session)).toBe('REASON_USER_ABANDONED');
  });

  it('MSG-104 expires though nobody ever connected, from the store if need be', async () => {
    const house = messagingHouse();
    const { info } = await house.begin();
    await house.sessions.start();
    await pass(2 * minute, house);
    expect(house.sessions.peek(info.id)).toBeUndefined();
    await pass(10 * minute, house);
    expect(house.store.kept.get(info.id)?.endedMs).not.toBeNull();
    expect(endOf(await house.sessions.open(info.id))).toBe('REASON_USER_ABANDONED');
  });

  it('expires once', async () => {
    const house = messagingHouse();
    const { info } = await house.begin();
    await house.sessions.start();
    await pass(hour, house);
    const ends = house.store.appends.filter(({ sessionId }) => sessionId === info.id);
    expect(ends).toHaveLength(1);
  });
});

describe('after a call in which clients sent nothing for long', () => {
  async function afterCall(): Promise<Conversation> {
    const conversing = await conversation();
    const { house, session } = conversing;
    await house.sessions.start();
    session.execute({ type: 'request-turn' });
    session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
    session.execute(desk.joins);
    session.execute(call.starts);
    await pass(3 * hour, house);
    session.execute({ type: 'desk-hung-up', ends: false });
    return conversing;
  }

  it('the idle time begins anew, for the session and for its sockets', async () => {
    const { house, session, client } = await afterCall();
    await pass(9 * minute, house);
    expect([endOf(session), client.socket.closedWith]).toEqual([undefined, null]);
    await pass(minute + 10_000, house);
    expect(endOf(session)).toBe('REASON_USER_ABANDONED');
    expect(client.socket.lines.at(-1)).toMatch(/session-end$/);
  });

  it('whoever is heard of then lives on, although nobody wrote anything all the while', async () => {
    const { house, session, client } = await afterCall();
    await pass(hour, house, () => client.send({ type: 'heartbeat' }));
    expect([endOf(session), client.socket.closedWith]).toEqual([undefined, null]);
  });
});

describe('a session the store takes for abandoned', () => {
  it('lives when a client was heard of since', async () => {
    const { house, session, client } = await conversation();
    house.store.due = async () => [session.info.id];
    await house.sessions.start();
    await pass(20 * minute, house, () => client.send({ type: 'heartbeat' }));
    expect(endOf(session)).toBeUndefined();
  });
});

describe('after a restart', () => {
  it('clients have a minute to come back before their session may expire', async () => {
    const { house: former, session } = await conversation();
    await former.sessions.start();
    await pass(9 * minute, former);
    former.sessions.stop();
    former.time.advance(hour);
    const house = messagingHouse({ former });
    await house.sessions.start();
    await pass(50_000, house);
    const again = await house.sessions.open(session.info.id);
    const client = house.connect(again!);
    await pass(9 * minute, house);
    expect(client.socket.lines).not.toContain('4 session-end');
    await pass(2 * minute, house);
    expect(client.socket.lines.at(-1)).toBe('4 session-end');
  });

  it('a session nobody comes back to expires as if nothing had been', async () => {
    const { house: former, session } = await conversation();
    former.sessions.stop();
    former.time.advance(hour);
    const house = messagingHouse({ former });
    await house.sessions.start();
    await pass(55_000, house);
    expect(house.store.kept.get(session.info.id)?.endedMs).toBeNull();
    await pass(15_000, house);
    expect(house.store.kept.get(session.info.id)?.endedMs).toBe(house.time.nowMs() - 10_000);
  });
});

describe('after a pause of the whole process, as of a suspended machine', () => {
  it('clients have a minute to be heard of before their sessions may expire', async () => {
    const { house, session, client } = await conversation();
    const quiet = await house.begin();
    const { time, store, sessions } = house;
    let asleepMs = 0;
    const clock = { nowMs: () => time.nowMs() + asleepMs };
    watchIdleness(sessions, { store, clock, timers: time, log: silentLog, settings: sessions.settings });
    await pass(5 * minute, house);
    asleepMs = hour;
    await pass(50_000, house);
    expect(endOf(session)).toBeUndefined();
    client.send({ type: 'heartbeat' });
    // Times of sessions come from the house's own clock, which did not stop.
    session.activeMs = clock.nowMs();
    await pass(20_000, house);
    expect(endOf(session)).toBeUndefined();
    expect(endOf(await sessions.open(quiet.info.id))).toBe('REASON_USER_ABANDONED');
  });
});

describe('a session without anybody', () => {
  it('leaves the memory after a minute, and is the same when it is asked for again', async () => {
    const { house, session, client } = await conversation();
    await house.sessions.start();
    client.connection.closed();
    await pass(50_000, house);
    expect(house.sessions.peek(session.info.id)).toBe(session);
    await pass(15_000, house);
    expect(house.sessions.peek(session.info.id)).toBeUndefined();
    expect((await house.sessions.open(session.info.id))?.state).toEqual(session.state);
  });

  it('stays until everything about it is durable', async () => {
    const { house, session, client } = await conversation();
    await house.sessions.start();
    client.connection.closed();
    house.store.holdWrites = true;
    session.execute({ type: 'set-attributes', attributes: { plan: 'gold' } });
    await pass(2 * minute, house);
    expect(house.sessions.peek(session.info.id)).toBe(session);
    house.store.commit();
    await pass(10_000, house);
    expect(house.sessions.peek(session.info.id)).toBeUndefined();
  });

  it('stays while a client is connected, a turn is open or a human may answer', async () => {
    const connected = await conversation();
    await connected.house.sessions.start();
    await pass(5 * minute, connected.house);
    expect([...connected.house.sessions.loaded]).toHaveLength(1);

    for (const work of ['turn', 'hand-off']) {
      const { house, session, client } = await conversation();
      await house.sessions.start();
      session.execute({ type: 'request-turn' });
      if (work === 'hand-off') {
        session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
      }
      client.connection.closed();
      await pass(5 * minute, house);
      expect(house.sessions.peek(session.info.id)).toBe(session);
    }
  });
});

describe('sessions that cannot be loaded', () => {
  it('are told of once in an hour, and keep no others from expiring, however many they are', async () => {
    const house = messagingHouse();
    const { store, time, sessions } = house;
    for (let count = 0; count < 501; count++) {
      const { info } = await house.begin();
      store.kept.get(info.id)?.entries.push({ position: 2, sequence: 2, atMs: 0, text: 'scribble' });
    }
    const good = await house.begin();
    for (const session of sessions.loaded) sessions.unload(session);
    const errors: unknown[] = [];
    const log = { ...silentLog, error: (about: unknown) => void errors.push(about) };
    watchIdleness(sessions, { store, clock: time, timers: time, log, settings: sessions.settings });
    await pass(11 * minute, house);
    expect(store.kept.get(good.info.id)?.endedMs).not.toBeNull();
    await pass(30 * minute, house);
    expect(errors).toHaveLength(501);
    await pass(hour, house);
    expect(errors).toHaveLength(2 * 501);
  });
});

describe('a session that cannot be loaded', () => {
  it('keeps no other from expiring', async () => {
    const house = messagingHouse();
    const bad = await house.begin();
    const good = await house.begin();
    house.store.kept.get(bad.info.id)?.entries.push({ position: 2, sequence: 2, atMs: 0, text: 'scribble' });
    await house.sessions.start();
    await pass(12 * minute, house);
    expect(house.store.kept.get(good.info.id)?.endedMs).not.toBeNull();
  });
});
