import { describe, expect, it } from 'vitest';
import type { DeskEvent, DeskNews } from './desk-events.ts';
import { NewsFeed } from './news-feed.ts';

const gone = (sessionId: string): DeskEvent => ({ type: 'chat-over', sessionId, why: 'over', by: null });
const typing: DeskEvent = {
  type: 'typing',
  typing: { sessionId: 's', person: null, state: 'TYPING_STATE_STARTED' },
};

const idsIn = (news: readonly DeskNews[] | null) =>
  news?.map(({ event }) => ('sessionId' in event ? event.sessionId : event.type));

function followed() {
  const feed = new NewsFeed('e');
  const heard: DeskNews[] = [];
  const listener = (news: DeskNews): void => void heard.push(news);
  feed.listen(listener, undefined);
  return { feed, heard, listener };
}

describe('the news of a person', () => {
  it('begin after a cursor with what came after it, each once', () => {
    const { feed, heard } = followed();
    for (const id of ['a', 'b', 'c']) feed.tell(gone(id));
    expect(idsIn(feed.listen(() => {}, heard[0]?.cursor))).toEqual(['b', 'c']);
    expect(idsIn(feed.listen(() => {}, feed.now()))).toEqual([]);
  });

  it('hold typing for those who are there, and for nobody else', () => {
    const { feed, heard } = followed();
    feed.tell(gone('a'));
    feed.tell(typing);
    feed.tell(gone('b'));
    expect(idsIn(heard)).toEqual(['a', 'typing', 'b']);
    expect(idsIn(feed.listen(() => {}, heard[0]?.cursor))).toEqual(['b']);
    expect(idsIn(feed.listen(() => {}, heard[1]?.cursor))).toEqual(['b']);
  });

  it.each(['other.0', 'e.9', 'e.', 'e.-1', 'e.1.5', '', 'e'])('know nothing of the cursor "%s"', (cursor) => {
    const { feed } = followed();
    feed.tell(gone('a'));
    expect(feed.listen(() => {}, cursor)).toBeNull();
  });

  it('do not pretend to know what was long ago', () => {
    const { feed } = followed();
    const cursor = feed.now();
    for (let count = 0; count < 2000; count++) feed.tell(gone('a'));
    expect(feed.listen(() => {}, cursor)).toHaveLength(2000);
    feed.tell(gone('a'));
    expect(feed.listen(() => {}, cursor)).toBeNull();
  });

  it('end when somebody stops listening', () => {
    const { feed, heard, listener } = followed();
    feed.stop(listener);
    feed.tell(gone('a'));
    expect(heard).toEqual([]);
  });
});
