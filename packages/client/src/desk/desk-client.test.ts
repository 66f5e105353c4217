import { deskErrors, deskProblem, restErrors } from '@parley/protocol';
import type { DeskChat, DeskEvent, DeskLine } from '@parley/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeDesk, emptyDesk, grace } from '../../test/fake-desk.ts';
import { FakeTime, settled } from '../../test/fake-time.ts';
import { createDeskClient } from './desk-client.ts';
import type { DeskClient, DeskClientOptions } from './desk-client.ts';

const clients: DeskClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function house(options: Partial<DeskClientOptions> = {}) {
  const time = new FakeTime();
  const server = new FakeDesk();
  let ids = 0;
  const client = createDeskClient({
    baseUrl: 'https://desk.example.com/',
    time,
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    fetch: server.fetch,
    openSocket: server.openSocket,
    ...options,
  });
  clients.push(client);
  return { time, server, client, log: (id = 's1') => client.snapshot().logs.get(id) };
}

/** A client that is connected and was told everything. */
async function connected(overview = emptyDesk) {
  const parts = house();
  parts.client.start();
  await settled();
  parts.server.tell({ type: 'desk', desk: overview });
  return parts;
}

const chat = {
  sessionId: 's1',
  queueId: 'general',
  visitor: { name: null, platform: 'web', deviceType: null, language: null, connected: true },
  reason: 'AGENT_DECISION',
  data: {},
  people: [{ id: 'grace', name: 'Grace' }],
  joinedMs: 1,
  mine: 'in',
  unreadCount: 0,
  lastSequence: 2,
  visitorTyping: false,
  callSid: null,
  call: null,
} as DeskChat;

function line(sequence: number, changes: Partial<DeskLine> = {}): DeskLine {
  const text = `line ${sequence}`;
  const what = { attachments: [], suggestions: [] };
  return { messageId: `m${sequence}`, sequence, atMs: sequence, speaker: 'user', by: null, text, ...what, ...changes };
}

/** A connected client with one chat, opened and read. */
async function chatting() {
  const parts = await connected({ ...emptyDesk, chats: [chat] });
  parts.client.openChat('s1');
  const transcript = { sessionId: 's1', lines: [line(1), line(2)], notes: [] };
  parts.server.done(parts.server.commands('transcript')[0], { transcript });
  await settled();
  return parts;
}

describe('a client of the desk', () => {
  it('asks who is signed in, opens the feed, and knows the desk once it was told', async () => {
    const { client, server } = await connected();
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/api/v1/desk/me' }]);
    expect(server.urls).toEqual(['wss://desk.example.com/api/v1/desk/feed']);
    expect(client.snapshot()).toMatchObject({ link: { at: 'open' }, overview: { me: { id: 'grace' } } });
  });

  it('waits for somebody to sign in', async () => {
    const { client, server } = house();
    server.signedIn = false;
    client.start();
    await settled();
    expect(client.snapshot().link).toEqual({ at: 'signed-out' });
    expect(server.isConnected).toBe(false);
    expect(await client.signIn({ id: 'grace', password: 'x' })).toEqual({ ok: true });
    await settled();
    expect(client.snapshot().link.at).toBe('open');
    expect(server.requests.every(({ headers }) => headers.get('X-Parley-Desk') === '1')).toBe(true);
  });

  it('says why a sign-in failed, and when to try again', async () => {
    const { client, server } = house();
    server.refusal = { error: deskErrors.wrongCredentials };
    const problem = deskProblem(deskErrors.wrongCredentials);
    expect(await client.signIn({ token: 'x' })).toEqual({ ok: false, problem, retryAfterMs: null });
    server.refusal = { error: restErrors.rateLimited, retryAfter: '7' };
    expect(await client.signIn({ token: 'x' })).toMatchObject({ ok: false, retryAfterMs: 7000 });
    server.down = true;
    expect(await client.signIn({ token: 'x' })).toMatchObject({ problem: { code: 'UNREACHABLE' } });
  });

  it('forgets everything when it signs out', async () => {
    const { client, server } = await chatting();
    await client.signOut();
    expect(client.snapshot()).toEqual({ link: { at: 'signed-out' }, overview: null, logs: new Map() });
    expect(server.isConnected).toBe(false);
  });

  it('holds a token where it is no browser, and shows it in the first frame', async () => {
    const { client, server } = house({ session: 'token' });
    await client.signIn({ token: 'demo' });
    await settled();
    expect(server.received).toEqual([{ type: 'authenticate', token: 'T' }]);
    expect(server.requests.at(-1)?.headers.get('Authorization')).toBe('Bearer T');
  });
});

describe('a connection that is lost', () => {
  it('is made again after the cursor, later and later, for as long as it takes', async () => {
    const { client, server, time } = await connected();
    server.tell({ type: 'person', person: { ...grace, availability: 'away' } });
    server.down = true;
    server.drop();
    expect(client.snapshot().link).toMatchObject({ at: 'waiting', attempt: 1 });
    await time.advance(5 * 60_000);
    expect(client.snapshot().link.at).toBe('waiting');
    server.down = false;
    client.retryConnection();
    await settled();
    expect(client.snapshot().link.at).toBe('open');
    expect(server.urls.at(-1)).toBe('wss://desk.example.com/api/v1/desk/feed?cursor=c.2');
    expect(client.snapshot().overview?.me.availability).toBe('away');
  });

  it('is noticed by silence', async () => {
    const { server, time } = await connected();
    await time.advance(60_000);
    expect(server.urls).toHaveLength(1);
    server.mute = true;
    await time.advance(40_000);
    expect(server.urls).toHaveLength(2);
  });

  it('ends at the sign-in when that is over', async () => {
    const { client, server, time } = await connected();
    server.signedIn = false;
    server.drop(1008);
    await time.advance(2_000);
    expect(client.snapshot().link).toEqual({ at: 'signed-out' });
  });

  it.each([
    ['goes out when the same person signs in again', grace, 1],
    ['is nothing that somebody else sends', { ...grace, id: 'noor' }, 0],
  ])('what waited when the sign-in ended %s', async (_what, me, sent) => {
    const { client, server, time, log } = await chatting();
    server.signedIn = false;
    server.drop(1008);
    client.sendMessage('s1', { text: 'Unsent' });
    await time.advance(2_000);
    expect(client.snapshot()).toMatchObject({ link: { at: 'signed-out' }, logs: new Map() });
    await client.signIn({ token: 'demo' });
    await settled();
    server.tell({ type: 'desk', desk: { ...emptyDesk, me, chats: [chat] } });
    expect(server.commands('send').length).toBe(sent);
    expect(log()?.drafts.length ?? 0).toBe(sent);
  });

  it('leaves commands unanswered, and says so', async () => {
    const { client, server } = await connected();
    const reply = client.do({ type: 'accept', sessionId: 's1' });
    server.drop();
    expect(await reply).toMatchObject({ ok: false, problem: { code: 'DISCONNECTED' } });
    expect(await client.do({ type: 'accept-next' })).toMatchObject({ problem: { code: 'DISCONNECTED' } });
  });

  it('gives its availability back to a desk that has forgotten it', async () => {
    const { client, server, time } = await connected();
    server.drop();
    await time.advance(2_000);
    server.tell({ type: 'desk', desk: { ...emptyDesk, me: { ...grace, availability: 'away' } } });
    expect(server.commands('set-availability')).toMatchObject([{ availability: 'available' }]);
    expect(client.snapshot().link.at).toBe('open');
  });
});

describe('commands', () => {
  it('are answered each by its own id, in whatever order', async () => {
    const { client, server } = await connected();
    const replies = [client.do({ type: 'accept', sessionId: 'a' }), client.do({ type: 'accept', sessionId: 'b' })];
    const [first, second] = server.commands('accept');
    const problem = deskProblem(deskErrors.taken, { id: 'noor', name: 'Noor' });
    server.refuse(second, problem);
    server.done(first);
    expect(await Promise.all(replies)).toMatchObject([{ ok: true }, { ok: false, problem }]);
  });
});

describe('a chat', () => {
  it('has its transcript once it was opened, and what comes afterwards, each line once and in order', async () => {
    const { server, log } = await chatting();
    expect(log()).toMatchObject({ reading: 'whole', lines: [{ sequence: 1 }, { sequence: 2 }] });
    for (const sequence of [4, 3, 4])
      server.tell({ type: 'line', sessionId: 's1', line: line(sequence), unreadCount: 1 });
    expect(log()?.lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('keeps lines that come while the transcript is on its way', async () => {
    const { client, server, log } = await connected({ ...emptyDesk, chats: [chat] });
    client.openChat('s1');
    server.tell({ type: 'line', sessionId: 's1', line: line(3), unreadCount: 1 });
    const transcript = { sessionId: 's1', lines: [line(1), line(2), line(3)], notes: [] };
    server.done(server.commands('transcript')[0], { transcript });
    await settled();
    expect(log()?.lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('counts what is unread, and reads it', async () => {
    const { client, server } = await chatting();
    client.markRead('s1');
    expect(server.commands('read')).toEqual([]);
    server.tell({ type: 'line', sessionId: 's1', line: line(5), unreadCount: 1 });
    expect(client.snapshot().overview?.chats[0]).toMatchObject({ unreadCount: 1, lastSequence: 5 });
    client.markRead('s1');
    expect(server.commands('read')).toMatchObject([{ sequence: 5 }]);
  });

  it('asks for its transcript anew when the desk begins anew, and when it comes back', async () => {
    const { server } = await chatting();
    server.tell({ type: 'desk', desk: { ...emptyDesk, chats: [chat] } });
    expect(server.commands('transcript')).toHaveLength(2);
    server.done(server.commands('transcript')[1], { transcript: { sessionId: 's1', lines: [], notes: [] } });
    await settled();
    server.tell({ type: 'chat-over', sessionId: 's1', why: 'requeued', by: null });
    server.tell({ type: 'chat', chat });
    expect(server.commands('transcript')).toHaveLength(3);
  });

  it('shows who types until they stop, speak, or the chat is over', async () => {
    const { client, server, log } = await chatting();
    const typing = (person: { id: string; name: string } | null, started: boolean) =>
      server.tell({
        type: 'typing',
        typing: { sessionId: 's1', person, state: started ? 'TYPING_STATE_STARTED' : 'TYPING_STATE_STOPPED' },
      });
    const noor = { id: 'noor', name: 'Noor' };
    typing(null, true);
    typing(noor, true);
    expect(log()?.typing).toEqual([null, noor]);
    expect(client.snapshot().overview?.chats[0]?.visitorTyping).toBe(true);
    server.tell({ type: 'line', sessionId: 's1', line: line(3), unreadCount: 1 });
    expect(log()?.typing).toEqual([noor]);
    typing(noor, false);
    expect(log()?.typing).toEqual([]);
    typing(noor, true);
    server.tell({ type: 'chat-over', sessionId: 's1', why: 'over', by: noor });
    expect(log()).toMatchObject({ typing: [], over: { why: 'over', by: noor } });
  });

  it('tells the visitor that one types, sparingly', async () => {
    const { client, server, time } = await chatting();
    for (let keys = 0; keys < 10; keys++) {
      client.typed('s1');
      await time.advance(500);
    }
    await time.advance(10_000);
    expect(server.commands('typing').map(({ state }) => state)).toEqual([
      'TYPING_STATE_STARTED',
      'TYPING_STATE_STARTED',
      'TYPING_STATE_STOPPED',
    ]);
  });
});

describe('what is written', () => {
  it('is a draft until it is kept, and is then there once', async () => {
    const { client, server, log } = await chatting();
    const clientId = client.sendMessage('s1', { text: 'Hello' }) ?? '';
    expect(log()?.drafts).toMatchObject([{ clientId, kind: 'message', text: 'Hello', problem: null }]);
    const kept = line(3, { speaker: 'human', by: { id: 'grace', name: 'Grace' }, text: 'Hello', clientId });
    server.tell({ type: 'line', sessionId: 's1', line: kept, unreadCount: 0 });
    server.done(server.commands('send')[0], { line: kept });
    await settled();
    expect(log()).toMatchObject({ drafts: [], lines: [{}, {}, { text: 'Hello' }] });
  });

  it('goes out again after a lost connection, under the same id', async () => {
    const { client, server, time, log } = await chatting();
    client.sendMessage('s1', { text: 'One' });
    client.addNote('s1', 'Two');
    server.drop();
    client.sendMessage('s1', { text: 'Three' });
    await time.advance(2_000);
    expect(server.commands('send').map(({ clientId, text }) => [clientId, text])).toEqual([
      ['id-1', 'One'],
      ['id-1', 'One'],
      ['id-3', 'Three'],
    ]);
    expect(server.commands('note').map(({ clientId }) => clientId)).toEqual(['id-2', 'id-2']);
    const note = { id: 'n', sessionId: 's1', by: { id: 'grace', name: 'Grace' }, atMs: 1, text: 'Two' };
    server.done(server.commands('note')[1], { note });
    await settled();
    expect(log()).toMatchObject({ notes: [note], drafts: [{ text: 'One' }, { text: 'Three' }] });
  });

  it('fails with a reason, and is tried again or given up', async () => {
    const { client, server, log } = await chatting();
    const clientId = client.sendMessage('s1', { text: 'Hello' }) ?? '';
    const problem = deskProblem(deskErrors.failed);
    server.refuse(server.commands('send')[0], problem);
    await settled();
    expect(log()?.drafts).toMatchObject([{ problem }]);
    client.retryDraft('s1', clientId);
    expect(server.commands('send').map((command) => command.clientId)).toEqual([clientId, clientId]);
    server.refuse(server.commands('send')[1], problem);
    await settled();
    client.discardDraft('s1', clientId);
    expect(log()?.drafts).toEqual([]);
  });

  it('is something', async () => {
    const { client, server } = await chatting();
    expect(client.sendMessage('s1', { text: ' \n' })).toBeNull();
    expect(client.addNote('s1', '')).toBeNull();
    expect(server.commands('send')).toEqual([]);
  });
});

describe('the picture of the desk', () => {
  it('follows queues, people and who waits, in the order of their places', async () => {
    const { client, server } = await connected();
    const { visitor, reason } = chat;
    const waits = { queueId: 'general', visitor, reason, priority: 0, sinceMs: 1, preview: '', returned: false };
    const waiting = (sessionId: string, position: number): void =>
      server.tell({ type: 'waiting', waiting: { ...waits, sessionId, position, call: null } as never });
    waiting('b', 2);
    waiting('a', 1);
    const ids = (): unknown => client.snapshot().overview?.waiting.map(({ sessionId }) => sessionId);
    expect(ids()).toEqual(['a', 'b']);
    server.tell({ type: 'waiting-over', sessionId: 'a', why: 'taken', by: null });
    waiting('b', 1);
    expect(ids()).toEqual(['b']);
    const noor = { ...grace, id: 'noor', name: 'Noor' };
    server.tell({ type: 'person', person: noor });
    expect(client.snapshot().overview?.people).toHaveLength(2);
    server.tell({ type: 'person', person: { ...noor, connected: false } });
    expect(client.snapshot().overview?.people).toEqual([grace]);
  });

  it('is told to listeners with everything that happens, and to nobody who has left', async () => {
    const { client, server } = await connected();
    const heard: DeskEvent['type'][] = [];
    const seen: number[] = [];
    const stop = client.onEvent(({ type }) => void heard.push(type));
    const leave = client.subscribe(({ overview }) => void seen.push(overview?.chats.length ?? -1));
    server.tell({ type: 'chat', chat });
    stop();
    leave();
    server.tell({ type: 'chat-over', sessionId: 's1', why: 'over', by: null });
    expect(heard).toEqual(['chat']);
    expect(seen).toEqual([1]);
  });

  it('ignores what it cannot read', async () => {
    const { client, server } = await connected();
    const before = client.snapshot();
    for (const text of ['', '{}', '{"type":"fashion"}', '{"type":"chat","cursor":"c.9"}']) server.tellRaw(text);
    expect(client.snapshot()).toBe(before);
  });
});
