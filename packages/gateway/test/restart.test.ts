// Processes that stop, crash and come back: with a database in a file, as in production.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientOf } from './driver.ts';
import { dataFolder } from './parley-process.ts';
import type { DataFolder } from './parley-process.ts';
import { isOfType } from './wire-client.ts';
import type { WireClient, WireEvent } from './wire-client.ts';

// Starting a process takes a second on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const folders: DataFolder[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

function newFolder(): DataFolder {
  const folder = dataFolder();
  folders.push(folder);
  return folder;
}

interface Chat {
  sessionId: string;
  token: string;
}

function connectTo(url: string, { sessionId, token }: Chat, cursor = '0'): Promise<WireClient> {
  return clientOf(url).connect({ session_id: sessionId, access_token: token, cursor });
}

/** Texts that the agent wrote as an answer to a message: the demo agent repeats what it doesn't understand. */
function isAnswerTo(text: string): (event: WireEvent) => boolean {
  return (event) => isOfType('POLY_AGENT_MESSAGE')(event) && event.payload.text.includes(text);
}

describe('a process that is told to stop', () => {
  it('MSG-105 MSG-106 closes sockets with 1001, exits with 0, and the next one has every session as it was', async () => {
    const folder = newFolder();
    const first = folder.start();
    const chat = await clientOf(await first.url).chat();
    chat.client.send('REQUEST_POLY_AGENT_JOIN');
    await chat.client.next('POLY_AGENT_MESSAGE');
    chat.client.send('USER_MESSAGE', { text: 'remember me' }, { local_id: 'L1' });
    await chat.client.next(isAnswerTo('remember me'));
    first.kill('SIGTERM');
    expect((await chat.client.closed).code).toBe(1001);
    expect(await first.exit).toEqual({ code: 0, signal: null });

    const second = folder.start();
    const again = await connectTo(await second.url, chat);
    await again.settle();
    expect(again.journaled).toEqual(chat.client.journaled);
    again.send('USER_MESSAGE', { text: 'remember me' }, { local_id: 'L1' });
    const repeated = await again.next('USER_MESSAGE');
    expect(chat.client.journaled).toContainEqual(repeated);
    again.send('USER_MESSAGE', { text: 'go on' });
    expect((await again.next('USER_MESSAGE')).sequence).toBe(chat.client.journaled.length + 1);
    await again.next(isAnswerTo('go on'));
  });

  it('lets an open turn finish, while newcomers get no answer and operators do', async () => {
    const folder = newFolder();
    const first = folder.start();
    const url = await first.url;
    const chat = await clientOf(url).chat();
    chat.client.send('REQUEST_POLY_AGENT_JOIN');
    await chat.client.next('POLY_AGENT_MESSAGE');
    chat.client.send('USER_MESSAGE', { text: 'think slowly' });
    await chat.client.next('POLY_AGENT_THINKING');
    first.kill('SIGINT');
    await chat.client.closed;
    await expect(connectTo(url, chat)).rejects.toThrow('socket hang up');
    expect([(await fetch(`${url}/health`)).status, (await fetch(`${url}/ready`)).status]).toEqual([200, 503]);
    expect((await first.exit).code).toBe(0);

    const second = folder.start();
    const again = await connectTo(await second.url, chat, String(chat.client.journaled.length));
    await again.next('POLY_AGENT_MESSAGE');
    expect(again.types).toEqual(['POLY_AGENT_MESSAGE']);
  });

  it('exits at once on a second signal, more than a second after the first', async () => {
    const parley = newFolder().start();
    const { client } = await clientOf(await parley.url).chat();
    client.send('REQUEST_POLY_AGENT_JOIN');
    await client.next('POLY_AGENT_MESSAGE');
    client.send('USER_MESSAGE', { text: 'think slowly' });
    await client.next('POLY_AGENT_THINKING');
    const impatience = setInterval(() => parley.kill('SIGTERM'), 50);
    expect((await parley.exit).code).toBe(143);
    clearInterval(impatience);
  });
});

describe('a process that is killed in the middle of traffic', () => {
  it('MSG-106 loses nothing that was acknowledged, repeats no sequence, and leaves no turn open', async () => {
    const folder = newFolder();
    const first = folder.start();
    const { chat, post } = clientOf(await first.url);
    expect((await post('/api/v1/sessions')).status).toBe(400);
    const chats = await Promise.all([1, 2, 3, 4].map(() => chat({ streaming_enabled: true })));
    for (const { client } of chats) client.send('REQUEST_POLY_AGENT_JOIN');
    await Promise.all(chats.map(({ client }) => client.next('POLY_AGENT_MESSAGE_CHUNK')));
    for (const { client } of chats) {
      for (let index = 0; index < 30; index += 1) client.send('USER_MESSAGE', { text: `message ${index}.` });
    }
    await Promise.all(chats.map(({ client }) => client.next(({ sequence }) => (sequence ?? 0) >= 20)));
    first.kill('SIGKILL');
    await Promise.all(chats.map(({ client }) => client.closed));
    await first.exit;

    const url = await folder.start().url;
    for (const each of chats) {
      const again = await connectTo(url, each);
      await again.settle();
      const seen = new Map(again.journaled.map((event) => [event.sequence, event]));
      for (const event of each.client.journaled) expect(seen.get(event.sequence)).toEqual(event);
      again.send('USER_MESSAGE', { text: 'the last one' });
      await again.next((event) => isCompleted(event) && textOf(event, again).includes('the last one'));
      expect(again.journaled.map(({ sequence }) => sequence)).toEqual(again.journaled.map((_, index) => index + 1));
      expect(openMessages(again.journaled)).toEqual([]);
    }
  });
});

describe('a process that cannot start', () => {
  it('says so in one line when its port is taken', async () => {
    const folder = newFolder();
    const url = await folder.start().url;
    const other = folder.start({ PORT: new URL(url).port });
    expect((await other.exit).code).toBe(1);
    expect(other.output.err).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken by another program\..*\n$/);
    await expect(other.url).rejects.toThrow();
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['an environment that there is not', { PARLEY_ENV: 'staging' }, /^PARLEY_ENV: .*\n$/],
    ['a port that is none', { PORT: 'eighty' }, /^PORT: .*\n$/],
    ['production without a secret', { PARLEY_ENV: 'production' }, /^PARLEY_SECRET: .*\n$/],
    ['a database that cannot be opened', { DATABASE_URL: 'file:/dev/null/parley.db' }, /^.+\n$/],
  ])('says so in one line: %s', async (_what, variables, line) => {
    const parley = newFolder().start(variables);
    expect((await parley.exit).code).toBe(1);
    expect(parley.output.err).toMatch(line);
  });
});

describe('production', () => {
  it('has neither the demo connector nor the demo page’s token', async () => {
    const secret = 'a secret of 32 characters or more';
    const parley = newFolder().start({ PARLEY_ENV: 'production', PARLEY_SECRET: secret, HOST: '127.0.0.1' });
    const url = await parley.url;
    const headers = { 'x-token': 'parley-demo-token', 'x-host': 'localhost' };
    expect((await clientOf(url).post('/api/v1/access-token', { headers })).status).toBe(401);
    expect((await fetch(`${url}/demo/config.json`)).status).toBe(404);
  });
});

function isCompleted({ type, payload }: WireEvent): boolean {
  return type === 'EVENT_TYPE_POLY_AGENT_MESSAGE_CHUNK' && payload.is_complete;
}

/** The whole message that a chunk belongs to. */
function textOf({ payload: { message_id } }: WireEvent, client: WireClient): string {
  const chunks = client.events.filter(isOfType('POLY_AGENT_MESSAGE_CHUNK'));
  return chunks.flatMap(({ payload }) => (payload.message_id === message_id ? [payload.text] : [])).join('');
}

/** Streamed messages that were begun and not completed. */
function openMessages(events: readonly WireEvent[]): unknown[] {
  const chunks = events.filter(isOfType('POLY_AGENT_MESSAGE_CHUNK'));
  const completed = new Set(chunks.filter(isCompleted).map(({ payload }) => payload.message_id as string));
  return chunks.map(({ payload }) => payload.message_id as string).filter((id) => !completed.has(id));
}
