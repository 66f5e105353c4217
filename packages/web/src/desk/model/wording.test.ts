import type { DeskLink } from '@parley/client';
import { describe, expect, it } from 'vitest';
import { chatOf, noor, overviewOf, queue, waitingOf } from '../../../test/desk-scene.ts';
import { callText } from './call-text.ts';
import { closedText } from './closed-text.ts';
import { linkBadge, linkBanner } from './link-text.ts';
import { fullText } from './load-text.ts';
import { overText } from './news.ts';
import { problemText } from './problem-text.ts';
import { signInProblemText } from './sign-in-text.ts';
import { titleText } from './title-text.ts';

const wrong = { code: 'WRONG_CREDENTIALS', message: 'No.', by: null };

it('a queue is closed until a time, on a day unless that is soon', () => {
  const opensMs = new Date(2026, 0, 5, 9, 30).getTime();
  expect(closedText({ opensMs }, opensMs - 3_600_000)).toMatch(/^Closed until 0?9[:.]30/);
  expect(closedText({ opensMs }, opensMs - 172_800_000)).toMatch(/^Closed until Mon\b.*9[:.]30/);
  expect(closedText({ opensMs: null }, 0)).toBe('Closed');
});

it('whoever has enough of one queue is told of which, and of no queue that is not theirs', () => {
  const queues = [queue('a'), queue('b'), queue('c')];
  expect(fullText({ me: noor, queues })).toBeUndefined();
  expect(fullText({ me: { ...noor, queueIds: ['a', 'b'], fullFor: ['b', 'c'] }, queues })).toBe('No more from B');
});

describe('problems', () => {
  it('name whoever was quicker', () => {
    const taken = { code: 'TAKEN', message: 'Taken.', by: { id: 'grace', name: 'Grace' } };
    expect(problemText(taken)).toBe('Grace was a little quicker and has this chat.');
    expect(problemText({ ...taken, by: null })).toBe('Somebody else was a little quicker.');
  });

  it('that are unknown are told in the words of the server', () => {
    expect(problemText({ code: 'NEW_CODE', message: 'In words.', by: null })).toBe('In words.');
  });

  it.each([
    [wrong, 0, 'That is not right. Please check what you typed.'],
    [wrong, 41_200, 'Too many tries. You can try again in 42 s.'],
    [wrong, 180_000, 'Too many tries. You can try again in 3 minutes.'],
    [{ ...wrong, code: 'OTHER' }, 0, 'No.'],
  ])('of a sign-in: %j, %i ms to wait', (problem, waitMs, expected) => {
    expect(signInProblemText(problem, waitMs)).toBe(expected);
  });
});

describe('the connection', () => {
  it.each<[DeskLink, string, string | undefined]>([
    [{ at: 'open', attempt: 0, sinceMs: 0 }, 'Connected', undefined],
    [{ at: 'checking', attempt: 0 }, 'Connecting', undefined],
    [{ at: 'opening', attempt: 2 }, 'Reconnecting', 'Trying again…'],
    [{ at: 'waiting', attempt: 1, untilMs: 5400 }, 'Reconnecting', 'Trying again in 5 s'],
    [{ at: 'waiting', attempt: 1, untilMs: 400 }, 'Reconnecting', 'Trying again in 1 s'],
    [{ at: 'signed-out' }, 'Signed out', undefined],
  ])('%j', (link, badge, banner) => {
    expect(linkBadge(link).text).toBe(badge);
    const text = linkBanner(link, { nowMs: 1000, wasOpen: true })?.text;
    if (banner === undefined) expect(text).toBeUndefined();
    else expect(text).toBe(`Connection lost. What you write is kept and sent as soon as it is back. ${banner}`);
  });

  it('that never was is told as that', () => {
    const link = { at: 'waiting', attempt: 1, untilMs: 2000 } as const;
    expect(linkBanner(link, { nowMs: 0, wasOpen: false })?.text).toBe("Can't reach the server. Trying again in 2 s");
  });
});

describe('the title', () => {
  it('counts unread messages of my chats, and who waits while I am available', () => {
    const chats = [chatOf('a', { unreadCount: 2 }), chatOf('b', { unreadCount: 5, mine: 'watching' })];
    const busy = overviewOf({ chats, waiting: [waitingOf('w')] });
    expect(titleText(busy)).toBe('(3) Parley desk');
    expect(titleText({ ...busy, me: { ...noor, availability: 'away' } })).toBe('(2) Parley desk');
    expect(titleText(overviewOf())).toBe('Parley desk');
    expect(titleText(null)).toBe('Parley desk');
  });
});

describe('the end of a chat', () => {
  const grace = { id: 'grace', name: 'Grace' };
  it.each([
    ['over', null, 'The conversation has ended.'],
    ['over', grace, 'Grace has ended the conversation.'],
    ['returned', grace, 'Grace gave it back to the agent.'],
    ['transferred', grace, 'It is with Grace now.'],
    ['requeued', null, 'It waits in the queue again.'],
    ['left', null, 'You are no longer in it.'],
  ] as const)('%s', (why, by, expected) => {
    expect(overText({ why, by })).toBe(expected);
  });
});

describe('a call', () => {
  const grace = { id: 'grace', name: 'Grace' };
  it.each([
    ['free', null, 'The visitor is on a call. What is said there appears here as text.'],
    ['taken', grace, 'Grace is talking with the visitor.'],
    ['held', grace, 'Grace has the caller wait.'],
    ['taken', { id: 'noor', name: 'Noor' }, 'You are talking with the visitor.'],
    ['held', { id: 'noor', name: 'Noor' }, 'You have the caller wait.'],
    ['taken', null, 'Somebody of the desk is talking with the visitor.'],
  ] as const)('%s', (state, person, expected) => {
    expect(callText({ state, person, sinceMs: 0 }, 'noor')).toBe(expected);
  });
});
