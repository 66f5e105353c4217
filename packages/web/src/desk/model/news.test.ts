import type { DeskEvent } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { chatOf, line, noor, note, overviewOf, visitor, waitingOf } from '../../../test/desk-scene.ts';
import { newsOf, spokenNews } from './news.ts';

const cursor = '1';
const anna = { ...visitor, name: 'Anna' };
const before = overviewOf({ chats: [chatOf('s', { visitor: anna })], waiting: [waitingOf('w')] });

function said(speaker: 'user' | 'agent' | 'human', text = 'Hello'): DeskEvent {
  return { type: 'line', cursor, sessionId: 's', line: line(9, { speaker, text }), unreadCount: 1 };
}

describe('news', () => {
  it('is somebody who waits, the first time', () => {
    const waiting = waitingOf('new', { visitor: anna, preview: 'Help' });
    const news = newsOf({ type: 'waiting', cursor, waiting }, before);
    expect(news).toMatchObject({ kind: 'waiting', sessionId: 'new' });
    expect(news && spokenNews(news)).toBe('Anna is waiting in GENERAL. Help');
    expect(newsOf({ type: 'waiting', cursor, waiting: waitingOf('w', { position: 2 }) }, before)).toBeUndefined();
  });

  it('of a queue that is not mine is none', () => {
    const foreign = { ...before, me: { ...noor, queueIds: ['other'] } };
    expect(newsOf({ type: 'waiting', cursor, waiting: waitingOf('new') }, foreign)).toBeUndefined();
  });

  it('is what a visitor says, not what we say', () => {
    const news = newsOf(said('user'), before);
    expect(news && spokenNews(news)).toBe('Anna: Hello');
    expect(newsOf(said('human'), before)).toBeUndefined();
    expect(newsOf(said('agent'), before)).toBeUndefined();
    expect(newsOf(said('user'), overviewOf({ chats: [chatOf('s', { mine: 'no' })] }))).toBeUndefined();
  });

  it('is the beginning of what is long', () => {
    expect(newsOf(said('user', '🙂'.repeat(10_000)), before)?.detail).toBe(`${'🙂'.repeat(300)}…`);
  });

  it('is the note of somebody else', () => {
    const event = { type: 'note', cursor, note: note('a', 1) } as const;
    expect(newsOf(event, before)).toMatchObject({ kind: 'note', title: 'Note by Grace on Anna' });
    const own = { ...event, note: { ...event.note, by: { id: 'noor', name: 'Noor' } } };
    expect(newsOf(own, before)).toBeUndefined();
  });

  it('is a chat that I am given', () => {
    const given = { type: 'chat', cursor, chat: chatOf('given') } as const;
    expect(newsOf(given, before)).toMatchObject({ kind: 'given' });
    expect(newsOf({ ...given, chat: chatOf('s') }, before)).toBeUndefined();
    expect(newsOf({ ...given, chat: chatOf('given', { mine: 'no' }) }, before)).toBeUndefined();
  });

  it('is the end of a chat, unless I have ended it', () => {
    const over = { type: 'chat-over', cursor, sessionId: 's', why: 'over', by: null } as const;
    const news = newsOf(over, before);
    expect(news && spokenNews(news)).toBe('The chat with Anna is over. The conversation has ended.');
    expect(newsOf({ ...over, by: { id: 'noor', name: 'Noor' } }, before)).toBeUndefined();
    expect(newsOf({ ...over, sessionId: 'unknown' }, before)).toBeUndefined();
  });

  it('is none before anything is known', () => {
    expect(newsOf(said('user'), null)).toBeUndefined();
  });
});
