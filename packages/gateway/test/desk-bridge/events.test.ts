import { encodeBridgeEvent } from '@parley/protocol';
import type { BridgeEvent } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { sign } from '../../src/kit/index.ts';
import { SECRET, bridgeHouse, settle } from './bridge-house.ts';
import type { BridgeHouse, BridgeHouseOptions, Visitor } from './bridge-house.ts';
import { deskStub } from './desk-stub.ts';
import type { DeskStub } from './desk-stub.ts';

const grace = { id: 'h1', name: 'Grace' };
const noor = { id: 'h2', name: 'Noor' };

interface Scene {
  house: BridgeHouse;
  desk: DeskStub;
  visitor: Visitor;
  caseId: string;
  /** Posts an event; `id` is made from the type unless it is given. */
  tell: (event: Without<BridgeEvent>) => Promise<string | boolean>;
}

type Without<Event> = Event extends BridgeEvent ? Omit<Event, 'id' | 'caseId'> & { id?: string } : never;

async function requested(queue: BridgeHouseOptions['queue'] = {}): Promise<Scene> {
  const desk = deskStub();
  const house = await bridgeHouse({ fetch: desk.fetch, queue });
  const visitor = await house.handedOff();
  const caseId = await house.caseOf(visitor);
  visitor.news();
  const tell: Scene['tell'] = (event) => house.tell({ id: event.type, ...event, caseId } as BridgeEvent);
  return { house, desk, visitor, caseId, tell };
}

async function live(queue: BridgeHouseOptions['queue'] = {}): Promise<Scene> {
  const scene = await requested(queue);
  await scene.tell({ type: 'joined', agent: grace });
  scene.visitor.news();
  return scene;
}

function message(text: string, more: { id?: string; agent?: typeof grace } = {}): Without<BridgeEvent> {
  return { type: 'message', text, attachments: [], suggestions: [], id: `m-${text}`, ...more };
}

describe('what a desk tells', () => {
  it('MSG-087 MSG-091 MSG-092 a user is accepted, waits, talks with a person, and is let go', async () => {
    const { tell, visitor, desk } = await requested();
    await tell({ type: 'accepted' });
    await tell({ type: 'queue', positionInQueue: 1, estimatedWaitSeconds: 30 });
    await tell({ type: 'joined', agent: { ...grace, avatarUrl: 'https://desk.test/g.png' } });
    await tell({ type: 'typing', state: 'TYPING_STATE_STARTED' });
    await tell(message('Hello.'));
    await tell({ type: 'left', reason: 'done' });
    expect(visitor.news()).toEqual([
      'handoff-accepted',
      'handoff-queue-status',
      'live-agent-joined',
      'live-agent-typing STARTED',
      'live-agent-typing STOPPED',
      'live-agent-message "Hello."',
      'live-agent-left',
      'session-end',
    ]);
    expect(desk.news().at(-1)).toBe('2 ended ended');
  });

  it('MSG-090 a message has who wrote it, its attachments and its suggestions', async () => {
    const { tell, visitor } = await live();
    const attachment = {
      title: 'Form',
      contentUrl: 'https://desk.test/form',
      contentType: 'ATTACHMENT_CONTENT_TYPE_URL',
    } as const;
    await tell({
      ...message('Look.'),
      attachments: [attachment],
      suggestions: [{ messageText: 'Thanks' }],
      agent: noor,
    } as Without<BridgeEvent>);
    expect(visitor.events.at(-1)?.event).toMatchObject({
      type: 'live-agent-message',
      agentId: 'h2',
      agentName: 'Noor',
      attachments: [attachment],
      responseSuggestions: [{ messageText: 'Thanks' }],
    });
  });

  it('places are told at most every 10 s, the last of them', async () => {
    const { house, tell, visitor } = await requested();
    for (const place of [5, 4, 3]) await tell({ type: 'queue', id: `q${place}`, positionInQueue: place });
    await house.pass(10);
    const told = visitor.events.flatMap(({ event }) =>
      event.type === 'handoff-queue-status' ? [event.positionInQueue] : [],
    );
    expect(told).toEqual([5, 3]);
  });

  it('typing that nobody ends ends after 10 s', async () => {
    const { house, tell, visitor } = await live();
    await tell({ type: 'typing', state: 'TYPING_STATE_STARTED' });
    await house.pass(6);
    await tell({ type: 'typing', state: 'TYPING_STATE_STARTED' });
    await house.pass(9);
    expect(visitor.news()).toEqual(['live-agent-typing STARTED']);
    await house.pass(1);
    expect(visitor.news()).toEqual(['live-agent-typing STOPPED']);
  });

  it('another person takes over without the first leaving', async () => {
    const { tell, visitor } = await live();
    await tell({ type: 'joined', id: 'j2', agent: noor });
    await tell(message('Noor here.'));
    expect(visitor.news()).toEqual(['live-agent-joined', 'live-agent-message "Noor here."']);
    expect(visitor.events.at(-1)?.event).toMatchObject({ agentId: 'h2' });
  });

  it.each<[string, Without<BridgeEvent>, BridgeHouseOptions['queue'], string[]]>([
    ['left, where the queue ends', { type: 'left' }, {}, ['live-agent-left', 'session-end']],
    ['left, where the queue returns', { type: 'left' }, { afterHuman: 'agent' }, ['poly-agent-joined']],
    ['returned', { type: 'returned' }, {}, ['poly-agent-joined']],
    ['ended, where the queue returns', { type: 'ended' }, { afterHuman: 'agent' }, ['live-agent-left', 'session-end']],
    ['failed', { type: 'failed' }, {}, ['handoff-failed']],
    ['failed, where the queue ends', { type: 'failed' }, { afterFailure: 'end' }, ['handoff-failed', 'session-end']],
  ])('%s', async (_, event, queue, shown) => {
    const { tell, visitor } = await live(queue);
    expect(await tell(event)).toBe(true);
    const news = visitor.news();
    expect(news.filter((line) => /^(live|session|handoff|poly-agent-joined)/.test(line))).toEqual(shown);
  });

  it.each<[Without<BridgeEvent>]>([[{ type: 'failed' }], [{ type: 'ended' }], [{ type: 'returned' }]])(
    'before anybody joined, $type gives the user back to the agent',
    async (event) => {
      const { tell, visitor } = await requested();
      await tell({ type: 'accepted' });
      expect(await tell(event)).toBe(true);
      await visitor.say('Hello?');
      expect(visitor.news()).toContain('poly-agent-message "You wrote: Hello?"');
    },
  );
});

describe('an event that comes again', () => {
  it('is answered alike and does nothing, one after the other or at once', async () => {
    const { tell, visitor } = await live();
    const answers = [await tell(message('Once.')), ...(await Promise.all([1, 2, 3].map(() => tell(message('Once.')))))];
    expect(answers).toEqual([true, true, true, true]);
    expect(visitor.news()).toEqual(['live-agent-message "Once."']);
  });

  it('shows a message once that came many times at once', async () => {
    const { tell, visitor } = await live();
    expect(await Promise.all([1, 2, 3].map(() => tell(message('Once.'))))).toEqual([true, true, true]);
    expect(visitor.news()).toEqual(['live-agent-message "Once."']);
  });

  it('is answered alike when the case is over, and after a restart', async () => {
    const { house, tell, caseId } = await live();
    await tell(message('Bye.'));
    await tell({ type: 'ended' });
    expect([await tell({ type: 'ended' }), await tell(message('Bye.')), await tell(message('Late.'))]).toEqual([
      true,
      true,
      'caseOver',
    ]);
    const next = await house.crash();
    expect(await next.tell({ type: 'ended', id: 'ended', caseId })).toBe(true);
  });

  it('shows a message once although the process died before it knew that it had taken it', async () => {
    const { house, tell, visitor, caseId } = await live();
    const keepEvent = house.store.bridge.keepEvent.bind(house.store.bridge);
    house.store.bridge.keepEvent = () => Promise.reject(new Error('the disk is gone'));
    await expect(tell(message('Once.'))).rejects.toThrow('the disk is gone');
    const next = await house.crash();
    next.store.bridge.keepEvent = keepEvent;
    const again = await next.again(visitor);
    const answer = await next.tell({
      type: 'message',
      id: 'm-Once.',
      caseId,
      text: 'Once.',
      attachments: [],
      suggestions: [],
    });
    expect(answer).toBe(false);
    expect(again.news()).toEqual([]);
  });

  it('is refused when it says something else', async () => {
    const { tell, visitor } = await live();
    await tell(message('One.', { id: 'm' }));
    expect(await tell(message('Two.', { id: 'm' }))).toBe('idReused');
    expect(visitor.news()).toEqual(['live-agent-message "One."']);
  });

  it('may come again after it was refused', async () => {
    const { tell } = await requested();
    expect(await tell(message('Too early.'))).toBe('nobodyJoined');
    await tell({ type: 'joined', agent: grace });
    expect(await tell(message('Too early.'))).toBe(true);
  });
});

describe('an event that changes nothing', () => {
  it.each<[string, Without<BridgeEvent>]>([
    ['the same person joins', { type: 'joined', id: 'j2', agent: grace }],
    ['acceptance after a person joined', { type: 'accepted' }],
    ['a place after a person joined', { type: 'queue', positionInQueue: 1 }],
  ])('%s', async (_, event) => {
    const { tell, visitor } = await live();
    expect(await tell(event)).toBe(false);
    expect(visitor.news()).toEqual([]);
  });
});

describe('an event that nobody may send', () => {
  it.each<[string, Without<BridgeEvent>]>([
    ['nothing', message(' ')],
    [
      'a link that a click would run',
      {
        ...message('Click.'),
        attachments: [{ title: 'x', contentUrl: 'javascript:alert(1)', contentType: 'ATTACHMENT_CONTENT_TYPE_URL' }],
      } as Without<BridgeEvent>,
    ],
  ])('%s', async (_, event) => {
    const { tell, visitor } = await live();
    expect(await tell(event)).toBe('invalidEvent');
    expect(visitor.news()).toEqual([]);
  });

  it('markup is text', async () => {
    const { tell, visitor } = await live();
    await tell(message('<script>alert(1)</script>'));
    expect(visitor.news()).toEqual(['live-agent-message "<script>alert(1)</script>"']);
  });

  it('another secret, another body, a signature of yesterday', async () => {
    const { house, caseId, visitor } = await live();
    const event: BridgeEvent = { type: 'ended', id: 'e', caseId };
    const body = encodeBridgeEvent(event);
    const nowMs = house.time.nowMs();
    const post = (signature: string | undefined, more: object = {}) =>
      house.desks.takeEvent({ caseId, body, signature, idempotencyKey: undefined, ...more });
    for (const signature of [
      undefined,
      '',
      'v1=00',
      sign(body, 'another secret', nowMs),
      sign(`${body} `, SECRET, nowMs),
      sign(body, SECRET, nowMs - 301_000),
      sign(body, SECRET, nowMs + 301_000),
      sign(body, SECRET, nowMs).slice(0, -1),
    ]) {
      expect(await post(signature)).toBe('wrongSignature');
    }
    const signature = sign(body, SECRET, nowMs - 299_000);
    expect(await post(signature, { caseId: 'another' })).toBe('noSuchCase');
    expect(await post(signature, { idempotencyKey: 'another' })).toBe('invalidEvent');
    await settle();
    expect(visitor.news()).toEqual([]);
    expect(await post(signature, { idempotencyKey: 'e' })).toMatchObject({ answer: { ok: true, applied: true } });
  });

  it('an event that was signed for another case', async () => {
    const { house, caseId } = await live();
    const other = await house.caseOf(await house.handedOff());
    const body = encodeBridgeEvent({ type: 'ended', id: 'e', caseId: other });
    const signature = sign(body, SECRET, house.time.nowMs());
    expect(await house.desks.takeEvent({ caseId, body, signature, idempotencyKey: 'e' })).toBe('invalidEvent');
  });
});
