import type { DeskOverview } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import {
  chatOf,
  line,
  logOf,
  noor,
  overviewOf,
  queue,
  snapshotOf,
  visitor,
  waitingOf,
} from '../../../test/desk-scene.ts';
import { attachmentOf } from './attachment-of.ts';
import { myChatItems, neighbour, otherChatItems } from './chat-items.ts';
import { transferTargets } from './transfer-targets.ts';
import { waitingGroups } from './waiting-groups.ts';

const none = new Map<string, DeskOverview['chats'][number]>();

describe('who waits', () => {
  it('is grouped by queue, whoever is next first; queues without anybody are left out', () => {
    const queues = [queue('b'), queue('empty'), queue('a')];
    const waiting = [
      waitingOf('late', { queueId: 'a', position: 2 }),
      waitingOf('other', { queueId: 'b' }),
      waitingOf('next', { queueId: 'a', position: 1 }),
    ];
    const groups = waitingGroups({ queues, waiting });
    expect(groups.map((group) => [group.queue.id, group.waiting.map(({ sessionId }) => sessionId)])).toEqual([
      ['b', ['other']],
      ['a', ['next', 'late']],
    ]);
  });
});

describe('chats in a list', () => {
  it('of mine stand in the order in which they came, those that are over among them', () => {
    const chats = [chatOf('second', { joinedMs: 2 }), chatOf('hers', { mine: 'no' }), chatOf('first', { joinedMs: 1 })];
    const over = new Map([['gone', chatOf('gone', { joinedMs: 1.5, unreadCount: 3 })]]);
    const items = myChatItems({ snapshot: snapshotOf(overviewOf({ chats })), over });
    expect(items.map(({ sessionId, isOver }) => [sessionId, isOver])).toEqual([
      ['first', false],
      ['gone', true],
      ['second', false],
    ]);
    expect(items[1]?.unreadCount).toBe(0);
  });

  it('of others are those I am not in', () => {
    const chats = [chatOf('mine'), chatOf('hers', { mine: 'watching' })];
    expect(otherChatItems({ snapshot: snapshotOf(overviewOf({ chats })) }).map(({ sessionId }) => sessionId)).toEqual([
      'hers',
    ]);
  });

  it.each([
    [[line(1), line(2, { speaker: 'agent', text: 'Hi' })], 'Agent: Hi'],
    [[line(1, { text: 'My parcel' })], 'My parcel'],
    [[line(1, { speaker: 'human', text: ' ' })], 'Desk: Attachment'],
    [[], 'GENERAL'],
  ])('show what was said last, or where they come from', (lines, preview) => {
    const snapshot = snapshotOf(overviewOf({ chats: [chatOf('s')] }), [logOf('s', { lines })]);
    expect(myChatItems({ snapshot, over: none })[0]?.preview).toBe(preview);
  });

  it('are stepped through in a ring', () => {
    const chats = [chatOf('a', { joinedMs: 1 }), chatOf('b', { joinedMs: 2 }), chatOf('c', { joinedMs: 3 })];
    const items = myChatItems({ snapshot: snapshotOf(overviewOf({ chats })), over: none });
    expect([neighbour(items, 'a', 1), neighbour(items, 'c', 1), neighbour(items, 'a', -1)]).toEqual(['b', 'a', 'c']);
    expect([neighbour(items, null, 1), neighbour(items, null, -1), neighbour([], 'a', 1)]).toEqual([
      'a',
      'c',
      undefined,
    ]);
  });
});

describe('a chat is given', () => {
  it('to people of its queue who are here, those with time first', () => {
    const people = [
      noor,
      { ...noor, id: 'full', name: 'Full', chatCount: 1, capacity: 4, fullFor: ['a'] },
      { ...noor, id: 'away', name: 'Away', availability: 'away' as const },
      { ...noor, id: 'free', name: 'Free' },
      { ...noor, id: 'gone', name: 'Gone', connected: false },
      { ...noor, id: 'foreign', name: 'Foreign', queueIds: ['b'] },
      { ...noor, id: 'boss', name: 'Boss', queueIds: ['b'], role: 'supervisor' as const },
    ];
    const queues = [queue('a'), queue('b')];
    const targets = transferTargets({ me: noor, people, queues }, { queueId: 'a', isWaiting: false });
    expect(targets.people.map(({ id }) => id)).toEqual(['boss', 'free', 'away', 'full']);
    expect(targets.queues.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('to another queue than the one somebody waits in', () => {
    const desk = { me: noor, people: [], queues: [queue('a'), queue('b')] };
    expect(transferTargets(desk, { queueId: 'a', isWaiting: true }).queues.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('an address', () => {
  it.each([
    ['https://example.com/a.PNG', 'A door', 'A door', 'ATTACHMENT_CONTENT_TYPE_IMAGE'],
    ['https://example.com/form?x=.png', ' ', 'example.com', 'ATTACHMENT_CONTENT_TYPE_URL'],
  ])('%s becomes an attachment', (address, title, expected, contentType) => {
    expect(attachmentOf({ address, title })).toEqual({ title: expected, contentUrl: address, contentType });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'door.png', ''])(
    '%j is none',
    (address) => {
      expect(attachmentOf({ address, title: 'x' })).toBeUndefined();
    },
  );
});

it('a visitor without a name gets none in the list either', () => {
  const chats = [chatOf('s', { visitor: { ...visitor, name: 'Anna' } }), chatOf('t', { joinedMs: 1 })];
  const items = myChatItems({ snapshot: snapshotOf(overviewOf({ chats })), over: none });
  expect(items.map(({ givenName }) => givenName)).toEqual(['Anna', null]);
});
