import { describe, expect, it } from 'vitest';
import type { DeskEntry } from '../../handoff/index.ts';
import { RateLimit } from '../../identity/index.ts';
import { FakeTime, silentLog } from '../../kit/index.ts';
import type { SignedIn } from './desk-access.ts';
import { DeskFeedConnection } from './desk-feed-connection.ts';
import { OpenFeeds } from './open-feeds.ts';

const grace: SignedIn = {
  person: { id: 'grace', name: 'Grace', role: 'agent', queueIds: null, capacity: null },
  token: 't',
};

/** A feed on a socket that a test fills, and whatever it did. */
function house(told = 1) {
  const time = new FakeTime();
  const feeds = new OpenFeeds();
  const done: string[] = [];
  const socket = {
    bufferedBytes: 0,
    send: () => void done.push('send'),
    close: (code: number) => void done.push(`close ${code}`),
    terminate: () => void done.push('terminate'),
  };
  let entry: DeskEntry | undefined;
  const note = { id: 'n', sessionId: 's', by: { id: 'noor', name: 'Noor' }, atMs: 1, text: 'x' };
  const tell = (): void => entry?.listen({ cursor: 'c.1', event: { type: 'note', note } });
  const lookUp = { answer: async (): Promise<SignedIn | undefined> => grace };
  const feed = new DeskFeedConnection(socket, {
    access: { byToken: () => lookUp.answer() },
    desk: {
      connect(asked) {
        entry = asked;
        for (let news = 0; news < told; news++) tell();
        return { do: async () => ({ ok: true }), close: () => void done.push('left the desk') };
      },
    },
    feeds,
    commandLimit: new RateLimit({ perSecond: 0, burst: 1, clock: time }),
    timers: time,
    log: silentLog,
  });
  return { time, feeds, feed, socket, done, tell, lookUp };
}

describe('a feed', () => {
  it('lets go of a reader who is too slow, and drops who does not even hang up', () => {
    const { feed, socket, done, tell, time } = house();
    feed.open(grace, undefined);
    socket.bufferedBytes = 4 * 1024 * 1024 + 1;
    tell();
    tell();
    expect(done).toEqual(['send', 'send', 'close 1013', 'left the desk']);
    time.advance(5_000);
    expect(done.at(-1)).toBe('terminate');
  });

  it('leaves the desk though the reader was too slow for the very first news', () => {
    const { feed, socket, done, feeds } = house(3);
    socket.bufferedBytes = Infinity;
    feed.open(grace, undefined);
    expect(done).toEqual(['send', 'close 1013', 'left the desk']);
    expect(feeds.isFull('grace')).toBe(false);
  });

  it('stays open when sign-ins cannot be looked up, and closes when they are over', async () => {
    const { feed, done, time, lookUp } = house(0);
    feed.open(grace, undefined);
    lookUp.answer = async () => Promise.reject(new Error('the disk is full'));
    time.advance(30_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);
    lookUp.answer = async () => undefined;
    time.advance(30_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['send', 'close 1008', 'left the desk']);
  });

  it('is one of twenty at most', () => {
    const { feed, feeds } = house(0);
    feed.open(grace, undefined);
    const other = { personId: 'grace', token: 'u', signedOut() {}, goAway() {} };
    for (let open = 1; open < 20; open++) {
      expect(feeds.isFull('grace')).toBe(false);
      feeds.add({ ...other });
    }
    expect(feeds.isFull('grace')).toBe(true);
    expect(feeds.isFull('noor')).toBe(false);
  });
});
