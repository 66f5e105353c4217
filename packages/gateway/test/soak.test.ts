// A minute of misbehaviour against a process of its own, with somebody chatting in between who must not notice.
import { connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { clientOf, demoHeaders } from './driver.ts';
import { dataFolder } from './parley-process.ts';
import { isOfType, refusedHandshake } from './wire-client.ts';
import type { WireClient } from './wire-client.ts';

const SOAK_MS = 60_000;
/** Messages of one chat, after which another takes over. */
const CHAT_LENGTH = 150;
const MB = 1024 * 1024;
/**
 * What a process may need more at the end than after a warm-up, by the names of its metrics. Sessions rest in memory for
 * a minute; large buffers wait for the great collections, which may be as far apart as the thirds that are compared; and
 * V8 lets its heap, and with it the resident set, grow to some 400 MB before it stays there.
 */
const MAX_GROWTH: Record<string, number> = {
  nodejs_heap_size_used_bytes: 16 * MB,
  nodejs_external_memory_bytes: 48 * MB,
  process_resident_memory_bytes: 192 * MB,
  nodejs_active_resources_total: 50,
  process_open_fds: 50,
};
const TEXTS = [
  'Unknown event type or invalid message format',
  'Our system is experiencing high load. Please try again in a moment.',
];

const folder = dataFolder();
const parley = folder.start();

afterAll(() => folder.remove());

type Client = ReturnType<typeof clientOf>;

interface Victim {
  client: Client;
  port: number;
  token: string;
  sessionId: string;
  /** A new socket on the session. */
  socket: () => Promise<WireClient>;
}

/** One way to misbehave each; resolves when it was answered as documented. */
const misdeeds: Record<string, (victim: Victim) => Promise<void>> = {
  async 'frames that are no event'({ socket }) {
    const client = await socket();
    const frames = ['{not json', '[]', '{"type":"EVENT_TYPE_NOPE"}', `[${'['.repeat(20_000)}`, Buffer.alloc(100)];
    for (const frame of frames) client.sendRaw(frame);
    await client.settle();
    // Who does this all the time is answered now and then only.
    for (const { payload } of client.events.filter(isOfType('SYSTEM_MESSAGE')))
      expect(TEXTS).toContain(payload.message);
    await client.close();
  },
  async 'a flood'({ socket }) {
    const client = await socket();
    for (let index = 0; index < 500; index += 1) client.send('USER_TYPING', { state: 'TYPING_STATE_STARTED' });
    await client.settle();
    await client.close();
  },
  async 'a frame beyond all limits'({ socket }) {
    const client = await socket();
    client.sendRaw('x'.repeat(1_100_000));
    expect((await client.closed).code).toBe(1009);
  },
  async 'a socket that is dropped at once'({ socket }) {
    const client = await socket();
    client.drop();
    await client.closed;
  },
  async 'a handshake without rights'({ client, sessionId }) {
    const query = { session_id: sessionId, access_token: 'x'.repeat(1000) };
    expect((await refusedHandshake(client.socketUrl(query))).status).toBe(401);
  },
  async 'a body that is too large'({ client, token }) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await client.post('/api/v1/sessions', { headers, body: 'x'.repeat(500_000) });
    expect(answer.status).toBe(413);
    await answer.body?.cancel();
  },
  async 'a body that is no JSON'({ client }) {
    const body = '{"a":'.repeat(5_000);
    const answer = await client.post('/api/v1/access-token', { headers: demoHeaders, body });
    expect([400, 429]).toContain(answer.status);
    await answer.body?.cancel();
  },
  'garbage on the port': ({ port }) =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 no HTTP at all\r\n\r\n'));
      socket.on('data', (data) =>
        data.toString().startsWith('HTTP/1.1 400') ? undefined : reject(new Error('served')),
      );
      socket.on('close', () => resolve());
      socket.on('error', () => {});
    }),
  'half a request': ({ port }) =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /api/v1/access-token HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"half', () =>
          socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    }),
};

/** What the process needs now, by the names of its metrics. */
async function needsOf(url: string): Promise<Record<string, number>> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} ([\\d.e+]+)$`, 'm').exec(metrics)?.[1]);
  return Object.fromEntries(Object.keys(MAX_GROWTH).map((name) => [name, value(name)]));
}

/** By how much the lowest need of the last third is above that of the second: what matters is how low it gets. */
function growthOf(name: string, samples: readonly Record<string, number>[]): number {
  const third = Math.floor(samples.length / 3);
  const lowest = (stretch: typeof samples): number => Math.min(...stretch.map((sample) => sample[name] ?? NaN));
  return lowest(samples.slice(-third)) - lowest(samples.slice(third, 2 * third));
}

describe('a minute of misbehaviour', () => {
  it('is answered as documented throughout, disturbs nobody, and leaves nothing behind', async () => {
    const url = await parley.url;
    const client = clientOf(url);
    const { port } = new URL(url);
    // Each has a session of its own: limits are per session.
    const villains = await Promise.all(
      Object.values(misdeeds).map(async (misdeed) => {
        const token = await client.accessToken();
        const sessionId = await client.createSession(token);
        const socket = (): Promise<WireClient> => client.connect({ session_id: sessionId, access_token: token });
        const victim = { client, port: Number(port), token, sessionId, socket };
        return () => misdeed(victim);
      }),
    );

    const endMs = Date.now() + SOAK_MS;
    const samples: Record<string, number>[] = [];
    let bystander = await client.chat();
    let said = 0;
    for (let round = 0; Date.now() < endMs; round += 1) {
      await Promise.all(villains.map((misbehave) => misbehave()));
      bystander.client.send('USER_MESSAGE', { text: `round ${round}` }, { local_id: `${round}` });
      const echo = await bystander.client.next('USER_MESSAGE');
      expect(echo).toMatchObject({
        payload: { text: `round ${round}` },
        metadata: { custom: { local_id: `${round}` } },
      });
      if (++said === CHAT_LENGTH) {
        bystander.client.send('USER_END_SESSION');
        expect((await bystander.client.closed).code).toBe(1000);
        const sequences = bystander.client.journaled.map(({ sequence }) => sequence);
        expect(sequences).toEqual(Array.from({ length: CHAT_LENGTH + 3 }, (_, index) => index + 1));
        bystander = await client.chat();
        said = 0;
      }
      samples.push(await needsOf(url));
    }
    for (const [name, most] of Object.entries(MAX_GROWTH)) expect(growthOf(name, samples), name).toBeLessThan(most);
    expect(parley.output.err).toBe('');
    expect(parley.output.out).not.toMatch(/"level":50/);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^parley_connections 1$/m);
  }, 120_000);
});
