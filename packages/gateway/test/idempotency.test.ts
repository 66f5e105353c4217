// Messages that are sent again: by clients that saw no echo, on whatever socket, at whatever time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';
import { isOfType } from './wire-client.ts';
import type { WireClient } from './wire-client.ts';

let parley: TestGateway;

beforeAll(async () => {
  parley = await startGateway();
});

afterAll(() => parley.gateway.close());

interface Chat {
  token: string;
  sessionId: string;
  client: WireClient;
}

async function greeted(): Promise<Chat> {
  const chat = await parley.chat();
  chat.client.send('REQUEST_POLY_AGENT_JOIN');
  await chat.client.next('POLY_AGENT_MESSAGE');
  return chat;
}

function another({ token, sessionId }: Chat, cursor = '0'): Promise<WireClient> {
  return parley.connect({ session_id: sessionId, access_token: token, cursor });
}

/** Texts of the user and of the agent in the journal, without the greeting. */
async function conversation(chat: Chat): Promise<{ user: string[]; agent: string[] }> {
  const client = await another(chat);
  await client.settle();
  await client.close();
  const texts = (type: string): string[] => client.journaled.filter(isOfType(type)).map(({ payload }) => payload.text);
  return { user: texts('USER_MESSAGE'), agent: texts('POLY_AGENT_MESSAGE').slice(1) };
}

describe('a message that is sent again', () => {
  it.each([
    ['MSG-075', 'client_event_id', { client_event_id: 'C1' }],
    ['MSG-075', 'client_event_id, with others', { client_event_id: 'C1', local_id: 'draft', n: 1 }],
    ['MSG-076', 'local_id', { local_id: 'L1' }],
  ])('%s under its %s is answered with the first echo, and once by the agent', async (_id, _key, custom) => {
    const chat = await greeted();
    const { client } = chat;
    client.send('USER_MESSAGE', { text: 'once' }, custom);
    const first = await client.next('USER_MESSAGE');
    await client.next('POLY_AGENT_MESSAGE');
    client.send('USER_MESSAGE', { text: 'once' }, custom);
    await client.next('USER_MESSAGE');
    const echoes = client.frames.filter((frame) => frame.includes(first.id));
    expect(echoes).toHaveLength(2);
    expect(echoes[1]).toBe(echoes[0]);
    await client.settle();
    expect(await conversation(chat)).toEqual({ user: ['once'], agent: ['You wrote: once'] });
  });

  it('MSG-077 on a new socket is known, too', async () => {
    const chat = await greeted();
    chat.client.send('USER_MESSAGE', { text: 'once' }, { local_id: 'L1' });
    const first = await chat.client.next('USER_MESSAGE');
    chat.client.drop();
    const again = await another(chat, String(first.sequence));
    for (let copy = 0; copy < 3; copy += 1) again.send('USER_MESSAGE', { text: 'once' }, { local_id: 'L1' });
    for (let copy = 0; copy < 3; copy += 1) expect(await again.next('USER_MESSAGE')).toEqual(first);
    expect((await conversation(chat)).user).toEqual(['once']);
  });

  it('MSG-077 on a new socket is known even when the old one broke before the echo', async () => {
    const chat = await greeted();
    chat.client.send('USER_MESSAGE', { text: 'into the void' }, { local_id: 'L1' });
    chat.client.drop();
    const again = await another(chat);
    again.send('USER_MESSAGE', { text: 'into the void' }, { local_id: 'L1' });
    await again.next((event) => isOfType('POLY_AGENT_MESSAGE')(event) && event.payload.text.includes('void'));
    await again.settle();
    expect(await conversation(chat)).toEqual({ user: ['into the void'], agent: ['You wrote: into the void'] });
  });

  it('MSG-080 three times back to back is one message and one turn', async () => {
    const chat = await greeted();
    const { client } = chat;
    for (let copy = 0; copy < 3; copy += 1) client.send('USER_MESSAGE', { text: 'once' }, { local_id: 'L1' });
    const echoes = [1, 2, 3].map(() => client.next('USER_MESSAGE'));
    const [first, ...others] = await Promise.all(echoes);
    expect(others).toEqual([first, first]);
    await client.settle();
    expect((await conversation(chat)).user).toEqual(['once']);
    client.send('USER_MESSAGE', { text: 'the next' });
    await client.next((event) => isOfType('POLY_AGENT_MESSAGE')(event) && event.payload.text.includes('next'));
    expect((await conversation(chat)).agent).toEqual(['You wrote: once', 'You wrote: the next']);
  });

  it('MSG-080 on several sockets at once is one message and one turn, and every sender gets its echo', async () => {
    const chat = await greeted();
    const sockets = await Promise.all(Array.from({ length: 6 }, () => another(chat)));
    for (const socket of sockets) socket.send('USER_MESSAGE', { text: 'once' }, { client_event_id: 'C1' });
    await Promise.all(sockets.map((socket) => socket.next('POLY_AGENT_THINKING')));
    await Promise.all(sockets.map((socket) => socket.settle()));
    const ids = sockets.map(({ events }) => new Set(events.filter(isOfType('USER_MESSAGE')).map(({ id }) => id)));
    expect(new Set(ids.flatMap((each) => [...each])).size).toBe(1);
    for (const each of ids) expect(each.size).toBe(1);
    expect(await conversation(chat)).toEqual({ user: ['once'], agent: ['You wrote: once'] });
  });
});

describe('a message that only looks like one sent again', () => {
  it('MSG-078 has no key: it is another message', async () => {
    const chat = await greeted();
    for (const _copy of [1, 2]) chat.client.send('USER_MESSAGE', { text: 'again' });
    const [one, other] = [await chat.client.next('USER_MESSAGE'), await chat.client.next('USER_MESSAGE')];
    expect(one.id).not.toBe(other.id);
    expect(one.payload.message_id).not.toBe(other.payload.message_id);
    expect(other.sequence).toBe((one.sequence ?? 0) + 1);
  });

  it.each(['', 7, null, { a: 1 }])('MSG-078 has a key that is none (%j): it is another message', async (local_id) => {
    const chat = await greeted();
    for (const _copy of [1, 2]) chat.client.send('USER_MESSAGE', { text: 'again' }, { local_id });
    const [one, other] = [await chat.client.next('USER_MESSAGE'), await chat.client.next('USER_MESSAGE')];
    expect(one.id).not.toBe(other.id);
  });

  it('MSG-079 has another text: it is another message, and so is each of its copies the same as it', async () => {
    const chat = await greeted();
    for (const text of ['one', 'two', 'one', 'two']) chat.client.send('USER_MESSAGE', { text }, { local_id: 'draft' });
    const echoes = await Promise.all([1, 2, 3, 4].map(() => chat.client.next('USER_MESSAGE')));
    expect(echoes.map(({ payload }) => payload.text as string).toSorted()).toEqual(['one', 'one', 'two', 'two']);
    expect(new Set(echoes.map(({ id }) => id)).size).toBe(2);
    expect((await conversation(chat)).user).toEqual(['one', 'two']);
  });

  it('belongs to another session', async () => {
    const [chat, other] = [await greeted(), await greeted()];
    for (const { client } of [chat, other]) client.send('USER_MESSAGE', { text: 'hello' }, { local_id: 'L1' });
    const echoes = await Promise.all([chat, other].map(({ client }) => client.next('USER_MESSAGE')));
    expect(echoes[0]?.id).not.toBe(echoes[1]?.id);
  });
});
