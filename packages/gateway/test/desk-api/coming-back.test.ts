// Feeds that are lost and come back, and processes that do.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeTime } from '../../src/kit/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { Json } from '../any-json.ts';
import { clientOf } from '../driver.ts';
import type { TestGateway } from '../driver.ts';
import { dataFolder } from '../parley-process.ts';
import type { DataFolder } from '../parley-process.ts';
import { DeskSocket, call, feedUrl, program, startDesk, waitingVisitor } from './desk-wire.ts';
import type { DeskProgram } from './desk-wire.ts';

// Starting a process takes a second on a busy machine.
vi.setConfig({ testTimeout: 40_000 });

describe('a feed that is lost', () => {
  let parley: TestGateway;
  let grace: DeskProgram;

  beforeAll(async () => {
    parley = await startDesk();
    grace = await program(parley.url, 'grace');
  });

  afterAll(() => parley.gateway.close());

  it('goes on after its cursor: nothing is lost, nothing comes twice', async () => {
    // Another connection that is never lost has the whole truth.
    const whole = await grace.feed();
    const first = await grace.feed();
    const { sessionId, client } = await waitingVisitor(parley.url);
    await whole.do('accept', { session_id: sessionId });
    await first.find(({ type }) => type === 'chat');
    await first.settle();
    await first.drop();
    for (const text of ['one', 'two', 'three']) client.send('USER_MESSAGE', { text });
    await whole.find(({ line }) => line?.text === 'three');
    await whole.do('send', { session_id: sessionId, client_id: 'm', text: 'four' });

    const second = await grace.feed(`?cursor=${first.cursor}`);
    client.send('USER_MESSAGE', { text: 'five' });
    await Promise.all([whole, second].map((feed) => feed.find(({ line }) => line?.text === 'five')));
    const lines = (news: Json[]): string[] => news.flatMap(({ line }) => line?.text ?? []);
    expect(lines(second.news)).toEqual(['one', 'two', 'three', 'four', 'five']);
    const seen = [...first.news, ...second.news].filter(({ type }) => type !== 'desk');
    const all = whole.news.map(({ cursor }) => cursor as string);
    const from = all.indexOf(first.news[0].cursor) + 1;
    expect(seen.map(({ cursor }) => cursor)).toEqual(all.slice(from));

    const fromFrame = await DeskSocket.open(feedUrl(parley.url));
    fromFrame.send({ type: 'authenticate', token: grace.token, cursor: second.cursor });
    await fromFrame.settle();
    expect(fromFrame.news).toEqual([]);
    client.send('USER_END_SESSION');
    await client.closed;
    await Promise.all([whole, second, fromFrame].map((feed) => feed.close()));
  });

  it.each(['nonsense', 'other-epoch.7', '%00', ''])('begins anew when the cursor is "%s"', async (cursor) => {
    const feed = await grace.feed(`?cursor=${cursor}`);
    expect(await feed.next(() => true)).toMatchObject({ type: 'desk', desk: { me: { id: 'grace' } } });
    await feed.close();
  });
});

describe('a sign-in', () => {
  it('that ends while its feed is open takes the feed with it', async () => {
    const time = new FakeTime();
    const store = createMemoryStore();
    const parley = await startDesk({ store, clock: time, timers: time });
    const grace = await program(parley.url, 'grace');
    const noor = await program(parley.url, 'noor');
    const [graces, noors] = await Promise.all([grace.feed(), noor.feed()]);
    await Promise.all([graces.next('desk'), noors.next('desk')]);
    await store.deskUsers.remove('grace');
    time.advance(30_000);
    expect(await graces.closed).toEqual({ code: 1008, reason: 'signed out' });
    await noors.settle();
    await parley.gateway.close();
  });

  it('that is never made takes the socket with it', async () => {
    const time = new FakeTime();
    const parley = await startDesk({ clock: time, timers: time });
    const stranger = await DeskSocket.open(feedUrl(parley.url));
    await stranger.settle();
    time.advance(10_000);
    expect((await stranger.closed).code).toBe(1008);
    await parley.gateway.close();
  });
});

describe('a person who vanishes', () => {
  it('loses the chat to the head of the queue after a minute, and the next one has all that was said', async () => {
    const time = new FakeTime();
    const parley = await startDesk({ clock: time, timers: time });
    const grace = await program(parley.url, 'grace');
    const noor = await program(parley.url, 'noor');
    const [graces, noors] = await Promise.all([grace.feed(), noor.feed()]);
    const { sessionId, client } = await waitingVisitor(parley.url);
    await graces.do('accept', { session_id: sessionId });
    await graces.do('send', { session_id: sessionId, client_id: 'm', text: 'One moment.' });
    await graces.drop();
    await noors.find(({ person }) => person?.id === 'grace' && !person.connected);
    time.advance(60_000);
    const waiting = await noors.find((frame) => frame.waiting?.returned === true);
    expect(waiting.waiting).toMatchObject({ session_id: sessionId, position: 1 });
    await client.next(({ payload }) => typeof payload.display_message === 'string');
    await noors.do('accept', { session_id: sessionId });
    const { transcript } = await noors.do('transcript', { session_id: sessionId });
    expect(transcript.lines.at(-1)).toMatchObject({ text: 'One moment.', by: { id: 'grace' } });
    await parley.gateway.close();
  });
});

describe('a process', () => {
  const folders: DataFolder[] = [];

  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => folder.remove()));
  });

  async function token(url: string): Promise<string> {
    const body = { token: 'parley-demo-desk-token', session: 'token' };
    return (await call(url, '/sign-in', { method: 'POST', body })).body.token as string;
  }

  it.each<NodeJS.Signals>(['SIGKILL', 'SIGTERM'])(
    'that ends by %s leaves the queue, the chat, the notes and the sign-in to the next one',
    async (signal) => {
      const folder = dataFolder();
      folders.push(folder);
      const first = folder.start();
      const url = await first.url;
      const bearer = { authorization: `Bearer ${await token(url)}` };
      const feed = await DeskSocket.open(feedUrl(url), bearer);
      const [taken, waits] = [await waitingVisitor(url), await waitingVisitor(url)];
      await feed.do('accept', { session_id: taken.sessionId });
      await feed.do('note', { session_id: taken.sessionId, client_id: 'n', text: 'noted' });
      const said = await feed.do('send', { session_id: taken.sessionId, client_id: 'm', text: 'Hello' });
      const { cursor } = feed;
      first.kill(signal);
      await Promise.all([first.exit, feed.closed]);

      const second = folder.start();
      const next = await second.url;
      const again = await DeskSocket.open(`${feedUrl(next)}?cursor=${cursor}`, bearer);
      expect((await again.next(() => true)).type).toBe('desk');
      const isThere = (sessionId: string) => (frame: Json) =>
        [frame.chat, ...(frame.desk?.chats ?? [])].some((chat) => chat?.session_id === sessionId && chat.mine === 'in');
      await again.find(isThere(taken.sessionId));
      const visitors = await Promise.all(
        [taken, waits].map((visitor) =>
          clientOf(next).connect({ session_id: visitor.sessionId, access_token: visitor.token }),
        ),
      );
      await again.find((frame) =>
        [frame.waiting, ...(frame.desk?.waiting ?? [])].some((each) => each?.session_id === waits.sessionId),
      );
      // The same message again is the same message.
      const repeated = await again.do('send', { session_id: taken.sessionId, client_id: 'm', text: 'Hello' });
      expect(repeated.line.message_id).toBe(said.line.message_id);
      const { transcript } = await again.do('transcript', { session_id: taken.sessionId });
      expect(transcript.notes).toMatchObject([{ text: 'noted' }]);
      expect(transcript.lines.filter(({ text }: Json) => text === 'Hello')).toHaveLength(1);
      visitors[0]?.send('USER_MESSAGE', { text: 'still there?' });
      await again.find(({ line }) => line?.text === 'still there?');
      expect(await again.do('accept-next')).toMatchObject({ type: 'done', session_id: waits.sessionId });
      second.kill('SIGKILL');
      await second.exit;
    },
  );
});
