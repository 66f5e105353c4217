// What people do at the desk, over the wire of a whole gateway.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../driver.ts';
import { program, startDesk, waitingVisitor } from './desk-wire.ts';
import type { DeskProgram, DeskSocket, Visitor } from './desk-wire.ts';

let parley: TestGateway;
let grace: DeskProgram;
let noor: DeskProgram;
let boss: DeskProgram;

beforeAll(async () => {
  parley = await startDesk();
  [grace, noor, boss] = await Promise.all([
    program(parley.url, 'grace'),
    program(parley.url, 'noor'),
    program(parley.url, 'boss'),
  ]);
});

afterAll(() => parley.gateway.close());

/** A visitor whom Grace has, and her feed. */
async function chatting(): Promise<Visitor & { feed: DeskSocket }> {
  const feed = await grace.feed();
  const visitor = await waitingVisitor(parley.url);
  await feed.find(({ waiting }) => waiting?.session_id === visitor.sessionId);
  expect(await feed.do('accept', { session_id: visitor.sessionId })).toMatchObject({ type: 'done' });
  await visitor.client.next('LIVE_AGENT_JOINED');
  return { ...visitor, feed };
}

/** Ends a chat, so that the next test begins with an empty desk. */
async function finish({ sessionId, client, feed }: Visitor & { feed: DeskSocket }): Promise<void> {
  await feed.do('leave', { session_id: sessionId, next: 'end' });
  await client.closed;
  await feed.close();
}

describe('somebody at the feed', () => {
  it('is told everything first, sees a visitor wait, takes them, reads what was said before, talks, and ends it', async () => {
    const feed = await grace.feed();
    const first = await feed.next('desk');
    expect(first.desk).toMatchObject({
      me: { id: 'grace', role: 'agent', connected: true, availability: 'away', queue_ids: null },
      queues: [{ id: 'general', name: 'General Support', open: true, waiting_count: 0 }, { id: 'support' }],
      waiting: [],
      chats: [],
    });
    expect(await feed.do('set-availability', { availability: 'available' })).toMatchObject({ type: 'done' });
    await feed.next(({ type, person }) => type === 'person' && person.availability === 'available');

    const { sessionId, client } = await waitingVisitor(parley.url, 'human, <b>now</b>');
    const waiting = await feed.next('waiting');
    expect(waiting.waiting).toMatchObject({
      session_id: sessionId,
      queue_id: 'general',
      position: 1,
      preview: 'human, <b>now</b>',
      visitor: { name: null, connected: true },
    });
    await feed.do('accept', { session_id: sessionId });
    expect(await feed.next('waiting-over')).toMatchObject({ why: 'taken', by: { id: 'grace' } });
    expect((await feed.next('chat')).chat).toMatchObject({ session_id: sessionId, mine: 'in' });
    expect((await client.next('LIVE_AGENT_JOINED')).payload.agent).toEqual({ id: 'grace', name: 'Grace' });

    const { transcript } = await feed.do('transcript', { session_id: sessionId });
    expect(transcript.lines.map(({ speaker }: { speaker: string }) => speaker)).toEqual(['agent', 'user', 'agent']);
    expect(transcript.lines[1]).toMatchObject({ text: 'human, <b>now</b>' });

    await feed.do('typing', { session_id: sessionId, state: 'TYPING_STATE_STARTED' });
    await client.next('LIVE_AGENT_TYPING');
    const message = { session_id: sessionId, client_id: 'm1', text: 'Hello & <i>welcome</i>' };
    const suggestions = [{ message_text: 'Thanks' }];
    const attachments = [
      { title: 'Map', content_url: 'https://example.com/map', content_type: 'ATTACHMENT_CONTENT_TYPE_URL' },
    ];
    const kept = await feed.do('send', { ...message, suggestions, attachments });
    expect(kept).toMatchObject({ type: 'done', line: { text: message.text, client_id: 'm1', by: { id: 'grace' } } });
    expect((await client.next('LIVE_AGENT_MESSAGE')).payload).toMatchObject({
      agent_id: 'grace',
      text: message.text,
      attachments,
      response_suggestions: suggestions,
    });
    const again = await feed.do('send', message);
    expect(again.line).toEqual(kept.line);

    client.send('USER_TYPING', { state: 'TYPING_STATE_STARTED' });
    expect((await feed.next('typing')).typing).toMatchObject({ person: null, state: 'TYPING_STATE_STARTED' });
    client.send('USER_MESSAGE', { text: 'hi' });
    const line = await feed.next(({ type, line: said }) => type === 'line' && said.text === 'hi');
    expect(line).toMatchObject({ unread_count: 1, line: { speaker: 'user' } });
    await feed.do('read', { session_id: sessionId, sequence: line.line.sequence });
    expect((await feed.next(({ type, chat }) => type === 'chat' && chat.unread_count === 0)).chat.session_id).toBe(
      sessionId,
    );

    await feed.do('leave', { session_id: sessionId, next: 'end' });
    expect(await feed.next('chat-over')).toMatchObject({ session_id: sessionId, why: 'over' });
    await client.closed;
    expect(client.types.filter((type) => type === 'LIVE_AGENT_MESSAGE')).toHaveLength(1);
    expect(client.types.slice(-2)).toEqual(['LIVE_AGENT_LEFT', 'SESSION_END']);
    await feed.close();
  });

  it('gives a chat back to the agent, and the visitor is not let go', async () => {
    const { sessionId, client, feed } = await chatting();
    await feed.do('leave', { session_id: sessionId, next: 'agent' });
    expect(await feed.next('chat-over')).toMatchObject({ why: 'returned' });
    client.send('USER_MESSAGE', { text: 'are you there?' });
    await client.next(({ type, payload }) => type.endsWith('POLY_AGENT_MESSAGE') && payload.text.includes('are you'));
    expect(client.types).not.toContain('LIVE_AGENT_LEFT');
    await feed.close();
  });

  it('gives a chat to a queue, and to a person', async () => {
    const chat = await chatting();
    const { sessionId, feed } = chat;
    const noors = await noor.feed();
    expect(await feed.do('transfer', { session_id: sessionId, person_id: 'noor' })).toMatchObject({ type: 'done' });
    expect(await feed.next('chat-over')).toMatchObject({ why: 'transferred', by: { id: 'noor' } });
    expect((await noors.next('chat')).chat).toMatchObject({ session_id: sessionId, mine: 'in' });
    await noors.do('transfer', { session_id: sessionId, queue_id: 'support' });
    expect((await noors.next('waiting')).waiting).toMatchObject({ session_id: sessionId, queue_id: 'support' });
    await feed.do('accept', { session_id: sessionId });
    await noors.close();
    await finish(chat);
  });

  it('leaves notes that the visitor never sees', async () => {
    const chat = await chatting();
    const { sessionId, feed, client } = chat;
    const note = { session_id: sessionId, client_id: 'n1', text: 'rude <script>alert(1)</script>' };
    const kept = await feed.do('note', note);
    expect(kept.note).toMatchObject({ by: { id: 'grace' }, text: note.text });
    expect((await feed.do('note', note)).note).toEqual(kept.note);
    expect((await feed.do('transcript', { session_id: sessionId })).transcript.notes).toEqual([kept.note]);
    client.send('USER_MESSAGE', { text: 'hm' });
    await client.next('USER_MESSAGE');
    expect(JSON.stringify(client.events)).not.toContain('rude');
    await finish(chat);
  });

  it('asks for whoever is next', async () => {
    const feed = await grace.feed();
    expect(await feed.do('accept-next')).toMatchObject({
      type: 'refused',
      problem: { code: 'NOBODY_WAITS', by: null },
    });
    const first = await waitingVisitor(parley.url);
    expect(await feed.do('accept-next', { queue_id: 'nowhere' })).toMatchObject({ problem: { code: 'NO_SUCH_QUEUE' } });
    expect(await feed.do('accept-next')).toMatchObject({ type: 'done', session_id: first.sessionId });
    await finish({ ...first, feed });
  });
});

describe('a supervisor', () => {
  it('sees every chat, listens in without being heard, and joins', async () => {
    const chat = await chatting();
    const { sessionId, client } = chat;
    const watch = await boss.feed();
    expect((await watch.next('desk')).desk.chats).toMatchObject([{ session_id: sessionId, mine: 'no' }]);
    await watch.do('watch', { session_id: sessionId });
    expect((await watch.next('chat')).chat.mine).toBe('watching');
    client.send('USER_MESSAGE', { text: 'help' });
    expect((await watch.next('line')).line.text).toBe('help');
    const write = { session_id: sessionId, client_id: 'b1', text: 'Let me.' };
    expect(await watch.do('send', write)).toMatchObject({ type: 'refused', problem: { code: 'FORBIDDEN' } });
    await watch.do('join', { session_id: sessionId });
    expect(await watch.do('send', write)).toMatchObject({ type: 'done' });
    expect((await client.next('LIVE_AGENT_MESSAGE')).payload).toMatchObject({ agent_id: 'boss', text: 'Let me.' });
    await watch.do('leave', { session_id: sessionId });
    await watch.close();
    await finish(chat);
  });
});

describe('a program without a feed', () => {
  it('does all of it over REST', async () => {
    const { sessionId, client } = await waitingVisitor(parley.url);
    expect((await noor.get('/me')).body).toMatchObject({ id: 'noor', role: 'agent' });
    expect((await noor.get('/queues')).body.queues).toMatchObject([{ id: 'general', waiting_count: 1 }, {}]);
    expect((await noor.get('/chats?show=waiting')).body).toMatchObject({
      waiting: [{ session_id: sessionId }],
      chats: [],
    });
    const before = await noor.get(`/chats/${sessionId}`);
    expect(before.body).toMatchObject({ waiting: { session_id: sessionId }, chat: null, transcript: null });
    expect((await noor.post('/accept-next')).body).toEqual({ session_id: sessionId });
    await client.next('LIVE_AGENT_JOINED');
    expect((await noor.get('/chats?show=mine')).body.chats).toMatchObject([{ session_id: sessionId }]);
    expect((await noor.get(`/chats/${sessionId}`)).body.transcript.lines).toHaveLength(3);
    const sent = await noor.post(`/chats/${sessionId}/send`, { client_id: 'r1', text: 'By REST' });
    expect(sent).toMatchObject({ status: 200, body: { line: { text: 'By REST' } } });
    expect((await client.next('LIVE_AGENT_MESSAGE')).payload.text).toBe('By REST');
    await noor.post(`/chats/${sessionId}/typing`, { state: 'TYPING_STATE_STARTED' });
    await noor.post(`/chats/${sessionId}/note`, { client_id: 'r2', text: 'noted' });
    await noor.post(`/chats/${sessionId}/read`, { sequence: sent.body.line.sequence });
    expect((await noor.post('/set-availability', { availability: 'available' })).body).toEqual({});
    expect((await noor.get('/overview')).body.me.availability).toBe('available');
    expect((await noor.get('/people')).body.people).toContainEqual(expect.objectContaining({ id: 'noor' }));
    expect((await noor.get('/canned-replies')).body).toEqual({ canned_replies: [] });
    expect((await noor.post(`/chats/${sessionId}/leave`, { next: 'end' })).status).toBe(200);
    await client.next('SESSION_END');
    expect(await noor.get(`/chats/${sessionId}`)).toMatchObject({ status: 404, body: { error_code: 'NO_SUCH_CHAT' } });
  });
});

describe('two people who accept at the same instant', () => {
  it.each(['feed', 'REST'])('by %s: exactly one has the visitor, the other is told who', async (way) => {
    const feeds = await Promise.all([grace.feed(), noor.feed()]);
    const { sessionId, client } = await waitingVisitor(parley.url);
    const names = ['grace', 'noor'];
    let winners: boolean[];
    let told: unknown;
    if (way === 'feed') {
      const answers = await Promise.all(feeds.map((feed) => feed.do('accept', { session_id: sessionId })));
      winners = answers.map(({ type }) => type === 'done');
      told = answers.find(({ type }) => type === 'refused');
    } else {
      const answers = await Promise.all([grace, noor].map((each) => each.post(`/chats/${sessionId}/accept`)));
      winners = answers.map(({ status }) => status === 200);
      const refused = answers.find(({ status }) => status === 409);
      told = { problem: { code: refused?.body.error_code, by: refused?.body.data.by } };
    }
    expect(winners.filter(Boolean)).toHaveLength(1);
    const winner = names[winners.indexOf(true)];
    expect(told).toMatchObject({ problem: { code: 'TAKEN', by: { id: winner } } });
    const joined = await client.next('LIVE_AGENT_JOINED');
    expect(joined.payload.agent.id).toBe(winner);
    client.send('USER_END_SESSION');
    await client.closed;
    expect(client.types.filter((type) => type === 'LIVE_AGENT_JOINED')).toHaveLength(1);
    await Promise.all(feeds.map((feed) => feed.close()));
  });
});
