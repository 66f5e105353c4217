import { decodeBridgeDelivery } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../src/kit/index.ts';
import { SECRET, bridgeHouse, settle, webhookDesk } from './bridge-house.ts';
import type { BridgeHouse, BridgeHouseOptions, Visitor } from './bridge-house.ts';
import { deskStub } from './desk-stub.ts';
import type { DeskStub } from './desk-stub.ts';

const grace = { id: 'h1', name: 'Grace' };

interface Scene {
  house: BridgeHouse;
  desk: DeskStub;
  visitor: Visitor;
  caseId: string;
}

/** A visitor who has asked for a person; the desk knows. */
async function requested(options: Partial<BridgeHouseOptions> = {}): Promise<Scene> {
  const desk = deskStub();
  const house = await bridgeHouse({ fetch: desk.fetch, ...options });
  const visitor = await house.handedOff();
  return { house, desk, visitor, caseId: await house.caseOf(visitor) };
}

/** A visitor who talks with a person. Nothing of it is news. */
async function live(options: Partial<BridgeHouseOptions> = {}): Promise<Scene> {
  const scene = await requested(options);
  await scene.house.tell({ type: 'joined', id: 'join', caseId: scene.caseId, agent: grace });
  scene.desk.news();
  scene.visitor.news();
  return scene;
}

describe('asking a desk', () => {
  it('tells it who asks, why, and what was said, signed and under an id of its own', async () => {
    const { house, desk, caseId, visitor } = await requested();
    const [told] = desk.told;
    const delivery = decodeBridgeDelivery(told?.body ?? '');
    expect(delivery).toMatchObject({
      type: 'requested',
      caseId,
      number: 1,
      queue: 'General',
      reason: 'AGENT_DECISION',
      data: { order: 7 },
      session: { id: visitor.session.info.id, account: 'acme', project: 'shop', platform: 'ios', connected: true },
      transcript: [
        { speaker: 'agent', text: 'Hello.' },
        { speaker: 'user', text: 'human' },
      ],
    });
    expect(told?.headers.get('idempotency-key')).toBe(delivery?.id);
    expect(told?.headers.get('x-parley-event')).toBe('requested');
    const signature = told?.headers.get('x-parley-signature') ?? undefined;
    expect(isSigned(told?.body ?? '', signature, { secret: SECRET, nowMs: house.time.nowMs() })).toBe(true);
  });

  it('MSG-094 a desk that refuses is a hand-off that failed, and the agent goes on', async () => {
    const desk = deskStub();
    desk.answerNext(422);
    const house = await bridgeHouse({ fetch: desk.fetch });
    const visitor = await house.handedOff();
    expect(visitor.news().slice(-2)).toEqual(['Sorry, handoff could not be initiated.', 'handoff-failed']);
    await visitor.say('Anybody?');
    expect(visitor.news()).toContain('poly-agent-message "You wrote: Anybody?"');
    await house.pass(700);
    expect(desk.news()).toEqual(['1 requested']);
  });

  it('tries again after 1 s, 2 s, 4 s, under one id, and as often as it may', async () => {
    const desk = deskStub();
    desk.always = 503;
    const house = await bridgeHouse({ fetch: desk.fetch });
    const visitor = await house.handedOff();
    const tries: number[] = [];
    for (let second = 1; second <= 30; second++) {
      const before = desk.told.length;
      await house.pass(1);
      if (desk.told.length > before) tries.push(second);
    }
    expect(tries).toEqual([1, 3, 7, 15]);
    expect(new Set(desk.told.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(visitor.news().slice(-2)).toEqual([
      'handoff-failed',
      'Sorry, we could not connect you to an agent. Please try again.',
    ]);
  });

  it.each<[string, Response | 'never', number]>([
    ['is told to wait', new Response(null, { status: 429, headers: { 'retry-after': '20' } }), 20],
    ['gets no answer in time', 'never', 11],
    ['is told that it was too early', new Response(null, { status: 425 }), 1],
  ])('tries again when it %s', async (_, answer, seconds) => {
    const desk = deskStub();
    desk.answerNext(answer);
    const house = await bridgeHouse({ fetch: desk.fetch });
    await house.handedOff();
    await house.pass(seconds - 1);
    expect(desk.told).toHaveLength(1);
    await house.pass(1);
    expect(desk.told).toHaveLength(2);
  });

  it('follows no redirect with what is signed', async () => {
    const desk = deskStub();
    desk.answerNext(new Response(null, { status: 307, headers: { location: 'https://elsewhere.test' } }));
    const house = await bridgeHouse({ fetch: desk.fetch });
    const visitor = await house.handedOff();
    expect(visitor.news()).toContain('handoff-failed');
    expect(desk.told).toHaveLength(1);
  });

  it('refuses by itself when the queue is closed', async () => {
    const desk = deskStub();
    const house = await bridgeHouse({ fetch: desk.fetch, queue: { hours: [] } });
    const visitor = await house.handedOff();
    expect(visitor.news()).toContain('handoff-failed');
    expect(desk.told).toEqual([]);
  });

  it('tells a desk nothing more of a case that it never took', async () => {
    const desk = deskStub();
    desk.always = 500;
    const house = await bridgeHouse({ fetch: desk.fetch });
    const visitor = await house.handedOff();
    visitor.goAway();
    await house.pass(30);
    expect(new Set(desk.news())).toEqual(new Set(['1 requested']));
    const caseId = desk.told[0]?.delivery?.caseId ?? '';
    expect((await house.store.deliveries.ofCase(caseId)).map(({ type, status }) => `${type} ${status}`)).toEqual([
      'requested given-up',
      'user_left dropped',
    ]);
  });
});

describe('telling a desk', () => {
  it('MSG-088 passes on what the user writes, in order, from the queue on', async () => {
    const { house, desk, visitor, caseId } = await requested();
    desk.news();
    await visitor.say('still here');
    expect(desk.news()).toEqual([]);
    await house.tell({ type: 'accepted', id: 'a', caseId });
    expect(desk.news()).toEqual(['2 user_message "still here"']);
    await visitor.say('one');
    await house.tell({ type: 'joined', id: 'j', caseId, agent: grace });
    await visitor.say('two');
    expect(desk.news()).toEqual(['3 user_message "one"', '4 user_message "two"']);
  });

  it('keeps the order of a case while one of its deliveries is tried again', async () => {
    const { house, desk, visitor } = await live();
    desk.answerNext(500, 'never', 200);
    for (const text of ['one', 'two', 'three']) await visitor.say(text);
    await house.pass(20);
    expect(desk.news()).toEqual([
      '2 user_message "one"',
      '2 user_message "one"',
      '2 user_message "one"',
      '3 user_message "two"',
      '4 user_message "three"',
    ]);
  });

  it('lets no case wait for another', async () => {
    const { house, desk, visitor } = await live();
    desk.answerNext('never');
    await visitor.say('stuck');
    await house.handedOff();
    expect(desk.news()).toEqual(['2 user_message "stuck"', '1 requested']);
  });

  it('MSG-096 tells the user what the desk would not take, or could not be told', async () => {
    const { house, desk, visitor } = await live();
    desk.answerNext(400);
    await visitor.say('one');
    expect(visitor.news()).toEqual(['user-message "one"', 'Failed to forward message to live agent']);
    desk.always = 500;
    await visitor.say('two');
    await house.pass(15);
    expect(visitor.news()).toContain('Failed to forward message to live agent');
  });

  it('MSG-089 tells that the user types, once, and keeps nothing of it', async () => {
    const { house, desk, visitor, caseId } = await live();
    desk.answerNext(500);
    await visitor.types('TYPING_STATE_STARTED');
    await visitor.types('TYPING_STATE_STOPPED');
    await house.pass(5);
    expect(desk.news()).toEqual(['user_typing STARTED', 'user_typing STOPPED']);
    expect((await house.store.deliveries.ofCase(caseId)).map(({ type }) => type)).toEqual(['requested']);
  });

  it('tells the last of many changes when typing outruns the desk', async () => {
    const { house, desk, visitor } = await live();
    desk.answerNext('never');
    for (const state of ['STARTED', 'STOPPED', 'STARTED', 'STOPPED'] as const) {
      await visitor.types(`TYPING_STATE_${state}`);
    }
    await house.pass(11);
    expect(desk.news()).toEqual(['user_typing STARTED', 'user_typing STOPPED']);
  });

  it('tells that the user is gone, and is back', async () => {
    const { house, desk, visitor } = await live();
    visitor.goAway();
    await house.pass(9);
    visitor.comeBack();
    await house.pass(20);
    expect(desk.news()).toEqual([]);
    visitor.goAway();
    await house.pass(11);
    visitor.comeBack();
    await settle();
    expect(desk.news()).toEqual(['2 user_left', '3 user_back']);
  });

  it.each([
    ['ended', async ({ visitor }: Scene) => visitor.end()],
    ['timed_out', async ({ house }: Scene) => house.pass(30)],
  ])('tells that the hand-off is over: %s', async (reason, happens) => {
    const scene = await requested({ queue: { timeoutMs: 30_000 } });
    scene.desk.news();
    await happens(scene);
    expect(scene.desk.news()).toEqual([`2 ended ${reason}`]);
  });

  it('writes no secret and no text into the log', async () => {
    const { house, desk, visitor, caseId } = await live();
    desk.answerNext(500, 400);
    await visitor.say('my private words');
    await house.tell({
      type: 'message',
      id: 'm',
      caseId,
      text: 'their private words',
      attachments: [],
      suggestions: [],
    });
    await house.tell({ type: 'left', id: 'l', caseId }, 'a wrong secret');
    await house.pass(5);
    expect(house.logged).toContain('A desk could not be told');
    for (const word of [SECRET, 'private', 'a wrong secret', 'v1=']) expect(house.logged).not.toContain(word);
  });
});

describe('a desk that is gone', () => {
  const NOT_FORWARDED = 'Failed to forward message to live agent';
  const UNREACHABLE = 'Sorry, we could not connect you to an agent. Please try again.';

  /** A visitor whose person's desk answers nothing any more; they wrote three messages. */
  async function abandoned(options: Partial<BridgeHouseOptions> = {}): Promise<Scene> {
    const scene = await live(options);
    scene.desk.always = 500;
    for (const text of ['one', 'two', 'three']) await scene.visitor.say(text);
    scene.visitor.news();
    return scene;
  }

  it('MSG-096 keeps the user until a delivery was tried as often as it may be, and then gives them to the agent', async () => {
    const { house, visitor } = await abandoned();
    await house.pass(14);
    expect(visitor.news()).toEqual([]);
    expect(visitor.session.state.floor.holder).toBe('human');
    await house.pass(1);
    expect(visitor.news()).toEqual([NOT_FORWARDED, NOT_FORWARDED, NOT_FORWARDED, 'handoff-failed', UNREACHABLE]);
    await visitor.say('Hello?');
    expect(visitor.news()).toContain('poly-agent-message "You wrote: Hello?"');
  });

  it('does so after ten tries, if nobody says how many', async () => {
    const { house, visitor } = await abandoned({ desk: { ...webhookDesk, maxTries: 10 } });
    await house.pass(510);
    expect(visitor.news()).toEqual([]);
    await house.pass(1);
    expect(visitor.news()).toContain('handoff-failed');
  });

  it('ends the session where the queue says so', async () => {
    const { house, visitor } = await abandoned({ queue: { afterFailure: 'end' } });
    await house.pass(15);
    expect(visitor.news().slice(-2)).toEqual([UNREACHABLE, 'session-end']);
  });

  it('is noticed before anybody joined, too, and by whatever it is told', async () => {
    const { house, desk, visitor, caseId } = await requested();
    await house.tell({ type: 'accepted', id: 'a', caseId });
    desk.always = 'never';
    visitor.goAway();
    await house.pass(80);
    expect(visitor.session.state.floor.holder).toBe('nobody');
  });

  it.each([404, 410])('says so with %i: it has no such case', async (answer) => {
    const { desk, visitor } = await live();
    desk.answerNext(answer);
    await visitor.say('one');
    expect(visitor.news()).toEqual(['user-message "one"', NOT_FORWARDED, 'handoff-failed', UNREACHABLE]);
  });

  it('is not gone when it only refuses what the user wrote', async () => {
    const { house, desk, visitor } = await live();
    desk.answerNext(413, 400, 422);
    for (const text of ['one', 'two', 'three', 'four']) await visitor.say(text);
    await house.pass(600);
    expect(visitor.session.state.floor.holder).toBe('human');
    expect(desk.news().at(-1)).toBe('5 user_message "four"');
  });

  it('can wake nothing when it is back: it is told that the case is over, and nothing that came too late', async () => {
    const { house, desk, visitor, caseId } = await abandoned();
    await house.pass(15);
    desk.always = 200;
    desk.news();
    visitor.news();
    await house.pass(10);
    expect(desk.news()).toEqual(['5 ended failed']);
    const content = { text: 'Sorry, we are back.', attachments: [], suggestions: [] };
    expect(await house.tell({ type: 'message', id: 'm', caseId, ...content })).toBe('caseOver');
    expect(await house.tell({ type: 'joined', id: 'j', caseId, agent: grace })).toBe('caseOver');
    expect(await house.tell({ type: 'left', id: 'l', caseId })).toBe('caseOver');
    expect(visitor.news()).toEqual([]);
    expect(visitor.session.state.floor.holder).toBe('nobody');
  });

  it('can wake nothing after a restart either, nor when what it missed is made again', async () => {
    const { house, desk, visitor, caseId } = await abandoned();
    await house.pass(15);
    const next = await house.crash();
    const again = await next.again(visitor);
    desk.always = 200;
    const givenUp = (await next.store.deliveries.ofCase(caseId)).find(({ status }) => status === 'given-up');
    await next.store.deliveries.replay(givenUp?.id ?? '', next.time.nowMs());
    await next.pass(10);
    const content = { text: 'Sorry, we are back.', attachments: [], suggestions: [] };
    expect(await next.tell({ type: 'message', id: 'm', caseId, ...content })).toBe('caseOver');
    expect(again.news()).toEqual([]);
    expect(again.session.state.floor.holder).toBe('nobody');
  });

  it('is found gone by the next process when the former one died before the session knew', async () => {
    const { house, desk, visitor, caseId } = await abandoned();
    const [, first] = await house.store.deliveries.ofCase(caseId);
    if (!first) throw new Error('nothing was tried');
    const next = await house.crash({ desksLater: true });
    await next.store.deliveries.save({ ...first, status: 'given-up', tries: 5 });
    desk.always = 200;
    await next.desks.start();
    const again = await next.again(visitor);
    await next.pass(1);
    expect(again.session.state.floor.holder).toBe('nobody');
    expect(await next.tell({ type: 'left', id: 'l', caseId })).toBe('caseOver');
  });

  it('is another one for the next hand-off, which is asked again', async () => {
    const { house, desk, visitor, caseId } = await abandoned();
    await house.pass(15);
    desk.always = 200;
    await house.pass(10);
    desk.news();
    await visitor.say('human');
    expect(desk.news()).toEqual(['1 requested']);
    expect(await house.caseOf(visitor)).not.toBe(caseId);
  });
});

describe('the delivery log', () => {
  it('says of every delivery how it went', async () => {
    const { house, desk, visitor, caseId } = await live();
    desk.answerNext(500, 200, 413);
    await visitor.say('one');
    await house.pass(2);
    await visitor.say('two');
    const made = await house.store.deliveries.ofCase(caseId);
    expect(made.map(({ type, status, tries, answer }) => [type, status, tries, answer])).toEqual([
      ['requested', 'delivered', 1, '200'],
      ['user_message', 'delivered', 2, '200'],
      ['user_message', 'refused', 1, '413'],
    ]);
  });

  it('is made again on demand, within seconds and under the same id, before what waits', async () => {
    const { house, desk, visitor, caseId } = await live();
    desk.answerNext(400);
    await visitor.say('one');
    desk.news();
    const refused = (await house.store.deliveries.ofCase(caseId)).at(-1);
    await house.store.deliveries.replay(refused?.id ?? '', house.time.nowMs());
    await house.pass(5);
    expect(desk.news()).toEqual(['2 user_message "one"']);
    expect(desk.told.at(-1)?.headers.get('idempotency-key')).toBe(refused?.id);
    expect((await house.store.deliveries.ofCase(caseId)).at(-1)).toMatchObject({ status: 'delivered', tries: 1 });
  });

  it('is made again at once when it waited for its next try', async () => {
    const { house, desk, visitor, caseId } = await live({ desk: { ...webhookDesk, maxTries: 9 } });
    desk.always = 500;
    await visitor.say('one');
    await house.pass(64);
    desk.always = 200;
    desk.news();
    const waiting = (await house.store.deliveries.ofCase(caseId)).at(-1);
    await house.store.deliveries.replay(waiting?.id ?? '', house.time.nowMs());
    await house.pass(5);
    expect(desk.news()).toEqual(['2 user_message "one"']);
  });
});

describe('a restart', () => {
  it('goes on with what waits, and asks for nobody twice', async () => {
    const { house, desk, visitor, caseId } = await live();
    desk.always = 500;
    await visitor.say('one');
    await visitor.say('two');
    const next = await house.crash();
    desk.always = 200;
    desk.news();
    await next.pass(5);
    expect(desk.news()).toEqual(['2 user_message "one"', '3 user_message "two"']);
    expect(await next.caseOf(visitor)).toBe(caseId);
    const again = await next.again(visitor);
    await next.tell({ type: 'message', id: 'm', caseId, text: 'Got both.', attachments: [], suggestions: [] });
    expect(again.news()).toContain('live-agent-message "Got both."');
  });

  it('lets whoever comes early wait until it knows what was left', async () => {
    const { house, desk, visitor, caseId } = await live();
    const next = await house.crash({ desksLater: true });
    const again = await next.again(visitor);
    const content = { text: 'Still here.', attachments: [], suggestions: [] };
    const told = next.tell({ type: 'message', id: 'm', caseId, ...content });
    await again.say('So am I.');
    expect(again.news()).toEqual(['user-message "So am I."']);
    await next.desks.start();
    expect(await told).toBe(true);
    expect(again.news()).toEqual(['live-agent-message "Still here."']);
    expect(desk.news()).toEqual(['2 user_message "So am I."']);
  });

  it('still tells that the user types', async () => {
    const { house, desk, visitor } = await live();
    const next = await house.crash();
    await (await next.again(visitor)).types('TYPING_STATE_STARTED');
    expect(desk.news()).toEqual(['user_typing STARTED']);
  });

  it('tells what was said when the outbox did not have it yet', async () => {
    const { house, desk, visitor } = await live();
    const save = house.store.deliveries.save.bind(house.store.deliveries);
    house.store.deliveries.save = () => Promise.reject(new Error('the disk is gone'));
    await visitor.say('said just before');
    house.store.deliveries.save = save;
    expect(desk.news()).toEqual([]);
    const next = await house.crash();
    await next.pass(1);
    expect(desk.news()).toEqual(['2 user_message "said just before"']);
  });

  it('asks again for a person whom the desk was not asked for', async () => {
    const desk = deskStub();
    desk.always = 500;
    const house = await bridgeHouse({ fetch: desk.fetch });
    const visitor = await house.handedOff();
    const next = await house.crash();
    desk.always = 200;
    await next.pass(1);
    expect(new Set(desk.told.map(({ delivery }) => delivery?.id)).size).toBe(1);
    const caseId = await next.caseOf(visitor);
    expect(await next.tell({ type: 'accepted', id: 'a', caseId })).toBe(true);
  });

  it('ends cases whose session ended without anybody knowing', async () => {
    const { house, desk, visitor, caseId } = await live();
    house.desks.stop();
    const save = house.store.deliveries.save.bind(house.store.deliveries);
    house.store.deliveries.save = () => Promise.reject(new Error('the disk is gone'));
    await visitor.end();
    house.store.deliveries.save = save;
    const next = await house.crash();
    await next.pass(61);
    expect(desk.news()).toEqual(['2 ended ended']);
    expect(await next.tell({ type: 'accepted', id: 'late', caseId })).toBe('caseOver');
  });
});
