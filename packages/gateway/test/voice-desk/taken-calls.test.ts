// People at the desk who take calls: whom they hear, who hears them, and how it ends.
import { describe, expect, it, vi } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { until } from '../voice/calling-house.ts';
import { HERTZ, HIGH, LOW, deskCallHouse, heardBy, tone } from './taken-call.ts';
import type { DeskCallHouse, Talker } from './taken-call.ts';

vi.setConfig({ testTimeout: 60_000 });

const words = phrasesFor('en');

/** Somebody says a tone, and the listener hears nothing of it. */
async function isNotHeard(listener: Talker, say: () => Promise<unknown> | void): Promise<void> {
  await listener.silence();
  const { sounds } = listener;
  await say();
  const { packets } = listener;
  await until(() => listener.packets > packets + 25);
  expect(listener.sounds).toBe(sounds);
}

describe('a person who has taken a call', () => {
  it('and the caller hear each other; the agent is silent, and listens on', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    expect(await house.callSeenBy(grace)).toMatchObject({ state: 'free', person: null });
    const person = await house.take(grace);
    await until(async () => (await house.callSeenBy(grace)).state === 'taken');
    expect(await heardBy(caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
    const { withSound } = agent.frames;
    expect(await heardBy(person, caller, LOW)).toBeCloseTo(LOW, HERTZ);
    expect(agent.frames.withSound).toBeGreaterThan(withSound);
    await isNotHeard(caller, () => agent.say(300));
    await isNotHeard(person, () => agent.say(300));
    expect(await house.callSeenBy(grace)).toMatchObject({ state: 'taken', person: { id: 'grace', name: 'Grace' } });
  });

  it('reads what the caller says, and writes to them meanwhile', async () => {
    const house = await deskCallHouse();
    const { agent, grace, sessionId } = house;
    await house.take(grace);
    agent.host.session.execute({ type: 'call-heard', callId: agent.host.callId, text: 'My parcel.', input: 'speech' });
    await house.act(grace, 'send', { client_id: 'one', text: 'Which one?' });
    const { body } = await grace.get(`/chats/${sessionId}`);
    const lines = body.transcript.lines.map(
      (line: { speaker: string; text: string }) => `${line.speaker}: ${line.text}`,
    );
    expect(lines.slice(-2)).toEqual(['user: My parcel.', 'human: Which one?']);
  });

  it('has the caller wait, who is told so, and talks with them again', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    await house.act(grace, 'hold-call', { held: true });
    await until(() => agent.announced.length > 0);
    expect(agent.announced).toEqual([words.onHoldByPerson]);
    expect(await house.callSeenBy(grace)).toMatchObject({ state: 'held' });
    await isNotHeard(caller, () => person.say(tone(HIGH, 300)));
    await isNotHeard(person, () => caller.say(tone(LOW, 300)));
    await house.act(grace, 'hold-call', { held: false });
    expect(await heardBy(caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
    expect(await heardBy(person, caller, LOW)).toBeCloseTo(LOW, HERTZ);
  });

  it('hangs up on the caller: both calls are over, and the record tells who was on the line and for how long', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    await house.act(grace, 'hang-up-call');
    await caller.line.next('close');
    await person.line.next('close');
    expect(agent.isClosed).toBe(true);
    expect(agent.host.session.state.ended).toMatchObject({ reason: 'REASON_NATURAL_END' });
    const record = await house.recordOf('traditional');
    expect(record).toMatchObject({ outcome: 'agent_hangup', human: { personIds: ['grace'] } });
    expect(record.human?.onLineMs).toBeGreaterThan(200);
    expect(await house.recordOf('desk')).toMatchObject({
      tokenKind: 'desk',
      sessionId: house.sessionId,
      human: null,
      figures: { up: { packets: expect.any(Number) } },
    });
  });

  it('leaves the line: the caller is told, and the chat goes on', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    person.hangUp();
    await until(() => agent.announced.length > 0);
    expect(agent.announced).toEqual([words.personLeft]);
    await until(async () => (await house.callSeenBy(grace)).state === 'free');
    expect(agent.host.session.state).toMatchObject({ floor: { holder: 'human' }, ended: null });
    const again = await house.take(grace);
    expect(await heardBy(caller, again, HIGH)).toBeCloseTo(HIGH, HERTZ);
  });

  it('VOX-113 keeps it when a session links it late, which is told in the end what was written, too', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    await house.take(grace);
    await house.act(grace, 'send', { client_id: 'one', text: 'Which parcel?' });
    const { client } = await house.chat();
    client.send('LINK_TO_WEBRTC_CONVERSATION', { call_sid: 'the-call' });
    await client.settle();
    agent.host.session.execute({
      type: 'call-heard',
      callId: agent.host.callId,
      text: 'The big one.',
      input: 'speech',
    });
    expect(agent.host.session.state).toMatchObject({ floor: { holder: 'human' }, ended: null });
    caller.hangUp();
    expect((await client.next('LIVE_AGENT_MESSAGE')).payload).toMatchObject({
      text: 'Which parcel?',
      agent_id: 'grace',
      agent_name: 'Grace',
    });
    expect((await client.next('USER_MESSAGE')).payload.text).toBe('The big one.');
    await client.next('SESSION_END');
  });

  it('from another page, too, is heard from there alone', async () => {
    const house = await deskCallHouse();
    const { caller, grace } = house;
    const first = await house.take(grace);
    await heardBy(caller, first, HIGH);
    const second = await house.take(grace);
    await first.line.next('close');
    expect(await heardBy(caller, second, LOW)).toBeCloseTo(LOW, HERTZ);
  });

  it('is off the line when the caller hangs up', async () => {
    const house = await deskCallHouse();
    const { caller, grace } = house;
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    caller.hangUp();
    await person.line.next('close');
    expect(await house.recordOf('traditional')).toMatchObject({
      outcome: 'user_close',
      human: { personIds: ['grace'] },
    });
  });

  it('gives the conversation back: the agent speaks again', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace } = house;
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    await house.act(grace, 'leave', { next: 'agent' });
    await person.line.next('close');
    await caller.silence();
    const pitch = caller.hears();
    agent.say(600);
    expect(await pitch).toBeCloseTo(440, HERTZ);
    expect(agent.announced).toEqual([]);
  });

  it('gives the chat to somebody else, who takes the line', async () => {
    const house = await deskCallHouse();
    const { caller, agent, grace, noor } = house;
    const feed = await noor.feed();
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    const late = await house.tokenFor(grace);
    await house.act(grace, 'transfer', { person_id: 'noor' });
    await person.line.next('close');
    await until(() => agent.announced.length > 0);
    expect(agent.announced).toEqual([words.onHold]);
    const next = await house.take(noor);
    expect(await heardBy(caller, next, HIGH)).toBeCloseTo(HIGH, HERTZ);
    await expect(house.take(grace, late)).rejects.toThrow('UNAUTHORIZED: Invalid authentication token');
    next.hangUp();
    caller.hangUp();
    expect((await house.recordOf('traditional')).human?.personIds).toEqual(['grace', 'noor']);
    await feed.close();
  });
});

describe('the line of a call', () => {
  it("is one person's at a time: another who may come, too, is refused", async () => {
    const house = await deskCallHouse();
    const { caller, grace, boss } = house;
    await house.act(boss, 'join');
    const token = await house.tokenFor(boss);
    const person = await house.take(grace);
    await heardBy(caller, person, HIGH);
    await expect(house.tokenFor(boss)).rejects.toThrow('409 CALL_TAKEN');
    await expect(house.take(boss, token)).rejects.toThrow('HANDLER_ERROR: Somebody else is on the line');
    expect(await heardBy(caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
    person.hangUp();
    await until(async () => (await house.callSeenBy(boss)).state === 'free');
    const next = await house.take(boss, token);
    expect(await heardBy(caller, next, LOW)).toBeCloseTo(LOW, HERTZ);
  });

  it('may be taken although the connector has as many calls as it may have', async () => {
    const house = await deskCallHouse({ voice: { maxConcurrentCalls: 1 } });
    const person = await house.take(house.grace);
    expect(await heardBy(house.caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
  });

  it.each<[string, (house: DeskCallHouse) => Promise<string>]>([
    ['a connector token', async () => 'parley-demo-token'],
    ['a web-calling token', async () => 'parley-demo-webrtc-token'],
    ['an access token', (house) => house.accessToken()],
  ])('is not for %s: it makes no token of a person', async (_what, tokenOf) => {
    const house = await deskCallHouse();
    const headers = { authorization: `Bearer ${await tokenOf(house)}` };
    const answer = await house.post(`/api/v1/desk/chats/${house.sessionId}/call-token`, { headers });
    expect(answer.status).toBe(401);
  });

  it("is not for people who don't have the chat", async () => {
    const house = await deskCallHouse();
    await expect(house.tokenFor(house.noor)).rejects.toThrow('403');
    await expect(house.tokenFor(house.boss)).rejects.toThrow('403');
    await expect(house.act(house.noor, 'hang-up-call')).rejects.toThrow('403');
    await expect(house.act(house.noor, 'hold-call', { held: true })).rejects.toThrow('403');
  });

  it('cannot be taken before somebody has the chat', async () => {
    const house = await deskCallHouse({ accepted: false });
    await expect(house.tokenFor(house.grace)).rejects.toThrow('403');
    expect(await house.callSeenBy(house.boss)).toMatchObject({ state: 'free' });
  });
});

describe('a token of a person', () => {
  it('is good for no call of an agent, and for none at all after the chat', async () => {
    const house = await deskCallHouse();
    const token = await house.tokenFor(house.grace);
    const { length } = house.agents.wanted;
    const person = await house.take(house.grace, token);
    await heardBy(house.caller, person, HIGH);
    await house.act(house.grace, 'leave', { next: 'agent' });
    await person.line.next('close');
    await expect(house.take(house.grace, token)).rejects.toThrow('UNAUTHORIZED: Invalid authentication token');
    expect(house.agents.wanted).toHaveLength(length);
  });

  it('lasts a few minutes; the leg it began lives on, and may look for another path with it', async () => {
    const house = await deskCallHouse();
    const token = await house.tokenFor(house.grace);
    const person = await house.take(house.grace, token);
    await heardBy(house.caller, person, HIGH);
    for (let passed = 0; passed <= 180; passed += 20) {
      await house.pass(20_000, [house.caller.line, person.line]);
      // Whoever isn't heard of for a minute has left the desk.
      await house.grace.get('/me');
    }
    await expect(house.take(house.grace, token)).rejects.toThrow('UNAUTHORIZED: Invalid authentication token');
    const offer = { type: 'offer', sessionId: person.sessionId, data: { type: 'offer', sdp: person.offer } };
    person.line.send({ ...offer, authToken: token });
    expect(await person.line.next(({ type }) => type === 'answer' || type === 'error')).toMatchObject({
      type: 'answer',
    });
    expect(await heardBy(house.caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
  });

  it("and that of a visitor are no good for each other's calls", async () => {
    const house = await deskCallHouse();
    const { caller, grace } = house;
    const token = await house.tokenFor(grace);
    const person = await house.take(grace, token);
    for (const [call, authToken] of [
      [person, 'parley-demo-webrtc-token'],
      [caller, token],
    ] as const) {
      const line = await house.signaling();
      line.send({ type: 'offer', sessionId: call.sessionId, authToken, data: { type: 'offer', sdp: call.offer } });
      expect((await line.next('error')).data).toEqual({ code: 'FORBIDDEN', message: 'Not permitted' });
    }
    expect(await heardBy(caller, person, HIGH)).toBeCloseTo(HIGH, HERTZ);
  });

  it('stands in no log', async () => {
    const house = await deskCallHouse();
    const token = await house.tokenFor(house.grace);
    const person = await house.take(house.grace, token);
    person.hangUp();
    await house.recordOf('desk');
    expect(house.log.filter((line) => line.includes(token) || line.includes(person.sessionId))).toEqual([]);
  });
});
