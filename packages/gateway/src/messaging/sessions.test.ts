import { describe, expect, it } from 'vitest';
import type { Participant } from './ports/participant.ts';
import { request } from './test/commands.ts';
import { conversation, messagingHouse, settle, turnOf } from './test/messaging-house.ts';

describe('a new session', () => {
  it('MSG-034 MSG-035 is durable with its start, which says what the server can do', async () => {
    const house = messagingHouse();
    const { info } = await house.begin({ streaming: true });
    const [start, ...more] = house.store.kept.get(info.id)?.entries ?? [];
    expect(more).toEqual([]);
    expect(JSON.parse(start?.text ?? '')).toMatchObject({
      sequence: 1,
      type: 'EVENT_TYPE_SESSION_START',
      payload: {
        capabilities: {
          streaming: true,
          max_message_size_bytes: 131_072,
          max_reconnect_attempts: 5,
          heartbeat_interval_seconds: 30,
        },
      },
    });
  });

  it('MSG-022 has an id of its own', async () => {
    const house = messagingHouse();
    expect((await house.begin()).info.id).not.toBe((await house.begin()).info.id);
  });

  it('MSG-037 does nothing by itself', async () => {
    const house = messagingHouse();
    await house.begin();
    house.time.advance(3_000);
    await settle();
    expect(house.store.appends).toEqual([]);
  });
});

describe('a session that is asked for', () => {
  it('is the one in memory', async () => {
    const { house, session } = await conversation();
    expect(await house.sessions.open(session.info.id)).toBe(session);
  });

  it('is loaded once, however many ask at once', async () => {
    const { house, session } = await conversation();
    house.sessions.unload(session);
    const [one, other] = await Promise.all([1, 2].map(() => house.sessions.open(session.info.id)));
    expect(one).toBe(other);
    expect(one).not.toBe(session);
  });

  it('is undefined when there is none', async () => {
    expect(await messagingHouse().sessions.open('nowhere')).toBeUndefined();
  });

  it('MSG-106 has its state, its sequences and its transcript again in another process', async () => {
    const { house: former, session, client } = await conversation();
    client.send({ type: 'user-message', text: 'Hi.' });
    session.execute({ type: 'agent-language', turnId: turnOf(session), languageCode: 'fr-FR' });
    await settle();
    former.sessions.stop();
    const house = messagingHouse({ former });
    const again = await house.sessions.open(session.info.id);
    expect(again?.state).toEqual(session.state);
    expect(again?.transcript.lines).toEqual(session.transcript.lines);
    const back = house.connect(again!, 3);
    back.send({ type: 'user-message', text: 'More.' });
    await settle();
    expect(back.socket.lines).toEqual(['4 user-message', '5 language-changed', '6 user-message']);
  });
});

describe('a process that starts', () => {
  it('looks at what a former one left unfinished, and at nothing else', async () => {
    const turn = await conversation();
    turn.client.send({ type: 'user-message', text: 'Hi.' });
    await turn.house.begin();
    const queued = await turn.house.begin();
    queued.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
    queued.execute({ type: 'agent-handoff', turnId: turnOf(queued), request: request('desk') });
    await settle();
    turn.house.sessions.stop();

    const seen: string[] = [];
    const participant: Participant = { sessionChanged: ({ info }) => seen.push(info.id) };
    await messagingHouse({ former: turn.house, participants: [participant] }).sessions.start();
    expect(seen).toEqual([turn.session.info.id, queued.info.id]);
  });

  it('starts although a session cannot be read', async () => {
    const { house: former, session, client } = await conversation();
    const other = await former.begin();
    for (const each of [session, other]) {
      each.execute({ type: 'client-event', event: { type: 'request-poly-agent-join' } });
      each.execute({ type: 'request-turn' });
    }
    client.send({ type: 'user-message', text: 'Hi.' });
    await settle();
    former.sessions.stop();
    former.store.kept.get(session.info.id)?.entries.push({ position: 99, sequence: 99, atMs: 0, text: 'scribble' });
    const house = messagingHouse({ former });
    await house.sessions.start();
    expect(house.sessions.peek(other.info.id)).toBeDefined();
  });
});

describe('verified context', () => {
  it('stays with its session, after a restart too, and dies with it', async () => {
    const { house: former, session, client } = await conversation();
    former.sessions.keepContext(session, { plan: 'gold' });
    former.sessions.stop();
    const again = await messagingHouse({ former }).sessions.open(session.info.id);
    expect(again?.context).toEqual({ plan: 'gold' });
    client.send({ type: 'user-end-session' });
    await settle();
    expect(session.context).toEqual({});
    expect(former.store.kept.get(session.info.id)?.context).toBeNull();
  });
});
