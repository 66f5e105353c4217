import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Participant } from './ports/participant.ts';
import type { Subscriber } from './ports/subscriber.ts';
import { request } from './test/commands.ts';
import { conversation, settle, turnOf } from './test/messaging-house.ts';
import type { Client, Conversation } from './test/messaging-house.ts';

/** A conversation whose commits are the test's. */
async function held(...participants: Participant[]): Promise<Conversation> {
  const scene = await conversation(1, { participants });
  scene.house.store.holdWrites = true;
  return scene;
}

describe('what is journaled', () => {
  it('is shown once it is durable, and not before', async () => {
    const { house, client } = await held();
    client.send({ type: 'user-message', text: 'Hi.' });
    await settle();
    expect(client.socket.lines).toEqual([]);
    house.store.write();
    await settle();
    expect(client.socket.lines).toEqual([]);
    house.store.tell();
    expect(client.socket.lines).toEqual(['4 user-message']);
  });

  it('MSG-061 is shown in its order, each piece when it and all before it are durable', async () => {
    const { house, client } = await held();
    for (const text of ['one', 'two', 'three']) client.send({ type: 'user-message', text });
    house.store.commit(2);
    expect(client.socket.lines).toEqual(['4 user-message', '5 user-message']);
    house.store.commit(1);
    expect(client.socket.lines.at(-1)).toBe('6 user-message');
  });

  it('MSG-058 MSG-066 keeps its place among what is not kept', async () => {
    const { house, session, client } = await held();
    client.send({ type: 'heartbeat' });
    client.send({ type: 'user-message', text: 'Hi.' });
    session.execute({ type: 'agent-thinking', turnId: turnOf(session) });
    client.send({ type: 'heartbeat' });
    expect(client.socket.lines).toEqual(['~ heartbeat']);
    house.store.commit();
    expect(client.socket.lines).toEqual(['~ heartbeat', '4 user-message', '~ poly-agent-thinking', '~ heartbeat']);
  });

  it('is given to the store as one append per command', async () => {
    const { house, client } = await held();
    client.send({ type: 'user-end-session' });
    const { entries } = house.store.appends.at(-1)?.append ?? {};
    expect(entries?.map(({ position, sequence }) => ({ position, sequence }))).toEqual([
      { position: 5, sequence: 4 },
      { position: 6, sequence: 5 },
    ]);
  });

  it('MSG-060 is shown to ten connections alike, in the same order', async () => {
    const act = fc.constantFrom('message', 'thinking', 'typing', 'commit', 'answer', 'heartbeat');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(act, fc.nat(9)), { maxLength: 40, size: 'max' }), async (acts) => {
        const { house, session } = await held();
        const clients = Array.from({ length: 10 }, () => house.connect(session));
        await settle();
        for (const [what, from] of acts) {
          if (what === 'commit') house.store.commit(1);
          if (what === 'message') clients[from]?.send({ type: 'user-message', text: 'Hi.' });
          if (what === 'typing') clients[from]?.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
          if (what === 'heartbeat') clients[from]?.send({ type: 'heartbeat' });
          if (what === 'thinking') session.execute({ type: 'agent-thinking', turnId: turnOf(session) });
          if (what === 'answer') session.execute({ type: 'turn-answered', turnId: turnOf(session) });
        }
        house.store.commit();
        const seen = clients.map(({ socket }) => socket.events.filter(({ event }) => event.type !== 'heartbeat'));
        const [first, ...others] = seen.map((events) => events.map(({ id }) => id));
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 100, seed: 20260101 },
    );
  });
});

describe('a message that is sent again', () => {
  it('MSG-075 before the first is durable is answered with the same echo, after it', async () => {
    const { house, client } = await held();
    const custom = { local_id: 'L1' };
    client.send({ type: 'user-message', text: 'Hi.' }, custom);
    client.send({ type: 'user-message', text: 'Hi.' }, custom);
    expect(client.socket.frames).toEqual([]);
    house.store.commit();
    const [echo, again, ...more] = client.socket.frames;
    expect(again).toBe(echo);
    expect(more).toEqual([]);
  });

  it('MSG-077 MSG-080 from another socket is answered there, to the byte, and nowhere else', async () => {
    const { house, session, client } = await held();
    const other = house.connect(session, session.publishedSequence);
    await settle();
    const custom = { client_event_id: 'C1' };
    client.send({ type: 'user-message', text: 'Hi.' }, custom);
    house.store.commit();
    other.send({ type: 'user-message', text: 'Hi.' }, custom);
    expect(client.socket.frames).toHaveLength(1);
    const [, echo, again] = other.socket.frames;
    expect(again).toBe(echo);
    expect(house.store.waiting).toBe(0);
  });
});

describe('participants', () => {
  it('look at a session when something about it has become durable', async () => {
    const looks: number[] = [];
    const { house, client } = await held({ sessionChanged: ({ state }) => looks.push(state.sequence) });
    looks.length = 0;
    client.send({ type: 'user-message', text: 'Hi.' });
    client.send({ type: 'heartbeat' });
    expect(looks).toEqual([]);
    house.store.commit();
    client.send({ type: 'heartbeat' });
    expect(looks).toEqual([4]);
  });

  it('may act at once; what they do comes after what they saw', async () => {
    const { house, client } = await held({
      sessionChanged(session) {
        const { turn } = session.state;
        if (turn?.kind !== 'message') return;
        session.execute({ type: 'agent-thinking', turnId: turn.id });
        session.execute({ type: 'turn-answered', turnId: turn.id });
      },
    });
    client.send({ type: 'user-message', text: 'Hi.' });
    house.store.commit();
    expect(client.socket.lines).toEqual(['4 user-message', '~ poly-agent-thinking']);
  });

  it('MSG-089 hear of typing while a desk listens', async () => {
    const heard: string[] = [];
    const { session, client } = await held({ sessionChanged() {}, userTyping: (_, state) => heard.push(state) });
    client.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    session.execute({ type: 'request-turn' });
    session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
    session.execute({ type: 'desk-accepted' });
    client.send({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    client.send({ type: 'user-typing', state: 'TYPING_STATE_STOPPED' });
    expect(heard).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
  });
});

describe('a message that does not reach a human', () => {
  /** A client in a queue, and another that listens. */
  async function queued(): Promise<Conversation & { other: Client; failForward: () => void }> {
    const scene = await held();
    const { house, session } = scene;
    session.execute({ type: 'request-turn' });
    session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
    const other = house.connect(session, session.publishedSequence);
    await settle();
    const failForward = (): void => {
      const messageId = session.transcript.lines.at(-1)?.messageId ?? '';
      session.execute({ type: 'desk-forward-failed', messageId });
    };
    return { ...scene, other, failForward };
  }

  it('MSG-096 is reported to the socket it came from, with its custom data', async () => {
    const { house, client, other, failForward } = await queued();
    client.send({ type: 'user-message', text: 'Hello?' }, { local_id: 'L' });
    failForward();
    house.store.commit();
    const [echo, report] = client.socket.events.slice(-2);
    expect(echo).toMatchObject({ event: { type: 'user-message' } });
    expect(report).toMatchObject({
      event: { message: 'Failed to forward message to live agent' },
      custom: { local_id: 'L' },
    });
    expect(other.socket.lines.at(-1)).toMatch(/user-message$/);
  });

  it('is reported to nobody when its socket is gone', async () => {
    const { house, client, other, failForward } = await queued();
    client.send({ type: 'user-message', text: 'Hello?' });
    client.connection.closed();
    failForward();
    house.store.commit();
    expect(other.socket.lines.at(-1)).toMatch(/user-message$/);
  });
});

describe('private facts', () => {
  it('are shown to those who want them, in order with the events, once they are durable', async () => {
    const { house, session } = await held();
    const seen: string[] = [];
    const subscriber: Subscriber = {
      deliver: (_, sequence) => seen.push(`event ${sequence}`),
      noted: ({ type }) => seen.push(type),
      ended: () => seen.push('ended'),
      broke() {},
    };
    session.subscribe(subscriber);
    session.execute({ type: 'request-turn' });
    session.execute({ type: 'agent-end', turnId: turnOf(session) });
    expect(seen).toEqual([]);
    house.store.commit();
    expect(seen).toEqual(['turn-requested', 'turn-ended', 'event 4', 'ended']);
  });
});

describe('the marks of a session', () => {
  it('say that it is unfinished while somebody owes the user something', async () => {
    const { house, session, client } = await held();
    const marks: (boolean | undefined)[] = [];
    const mark = (): number => marks.push(house.store.appends.at(-1)?.append.marks?.unfinished);
    client.send({ type: 'user-message', text: 'Hi.' });
    mark();
    client.send({ type: 'user-message', text: 'Hello?' });
    mark();
    session.execute({ type: 'turn-answered', turnId: turnOf(session) });
    mark();
    session.execute({ type: 'agent-handoff', turnId: turnOf(session), request: request('desk') });
    mark();
    session.execute({ type: 'desk-failed', refused: false });
    mark();
    expect(marks).toEqual([true, undefined, undefined, undefined, false]);
  });

  it('say when the last message was, to the minute', async () => {
    const { house, client } = await held();
    const startedMs = house.time.nowMs();
    for (let second = 0; second < 130; second += 10) {
      client.send({ type: 'user-message', text: 'Hi.' });
      house.time.advance(10_000);
    }
    const marked = house.store.appends.flatMap(({ append: { marks } }) => marks?.messageMs ?? []);
    expect(marked).toEqual([startedMs, startedMs + 60_000, startedMs + 120_000]);
  });

  it('say nothing of messages when something else was written', async () => {
    const { house, session } = await held();
    house.time.advance(120_000);
    session.execute({ type: 'set-attributes', attributes: { plan: 'gold' } });
    session.execute({ type: 'set-language', languageCode: 'de-DE' });
    const marked = house.store.appends.slice(-2).map(({ append: { marks } }) => marks?.messageMs);
    expect(marked).toEqual([undefined, undefined]);
  });

  it('say when it ended', async () => {
    const { house, client } = await held();
    house.time.advance(1000);
    client.send({ type: 'user-end-session' });
    expect(house.store.appends.at(-1)?.append.marks?.endedMs).toBe(house.time.nowMs());
  });
});

describe('who takes part', () => {
  it('is told when the first client connects and when the last is gone, and of nothing between', async () => {
    const seen: boolean[] = [];
    const participant: Participant = {
      sessionChanged() {},
      presenceChanged: ({ isConnected }) => void seen.push(isConnected),
    };
    const { house, session, clients } = await conversation(2, { participants: [participant] });
    const [first, second] = clients;
    first?.connection.closed();
    expect(seen).toEqual([true]);
    second?.connection.closed();
    second?.connection.closed();
    expect(seen).toEqual([true, false]);
    house.connect(session);
    expect(seen).toEqual([true, false, true]);
  });
});
