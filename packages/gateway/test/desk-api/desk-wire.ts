// A stranger's view of the desk: requests and frames as they stand on the wire, visitors beside it.
import { WebSocket } from 'ws';
import { hashPassword } from '../../src/identity/index.ts';
import type { DeskUser } from '../../src/identity/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import type { Json } from '../any-json.ts';
import { clientOf, startGateway } from '../driver.ts';
import type { TestGateway, TestSettings } from '../driver.ts';
import type { WireClient } from '../wire-client.ts';
import type { Closed } from '../wire-socket.ts';

/** What everybody's password is in these tests. */
export const PASSWORD = 'correct horse';

const passwordHash = await hashPassword(PASSWORD);

function user(id: string, changes: Partial<DeskUser> = {}): DeskUser {
  const name = (id[0] ?? '').toUpperCase() + id.slice(1);
  return { id, name, role: 'agent', queueIds: null, capacity: null, passwordHash, ...changes };
}

/** Two people who answer everything, one who answers the queue `support` alone, and a supervisor. */
export const staff: DeskUser[] = [
  user('grace'),
  user('noor'),
  user('sam', { queueIds: ['support'] }),
  user('boss', { role: 'supervisor' }),
];

/** A gateway with the staff. */
export async function startDesk(settings: TestSettings = {}): Promise<TestGateway> {
  const store = settings.store ?? createMemoryStore();
  for (const each of staff) await store.deskUsers.save(each);
  return startGateway({ ...settings, store });
}

/** An answer of the REST API. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** Calls the desk's API. A body that is a text goes as it is. */
export async function call(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/desk${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : (JSON.parse(text) as Json) };
}

/** Somebody with a token. */
export interface DeskProgram {
  token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  feed(query?: string): Promise<DeskSocket>;
}

/** Signs somebody of the staff in, as programs do. */
export async function program(url: string, id: string): Promise<DeskProgram> {
  const body = { id, password: PASSWORD, session: 'token' };
  const signedIn = await call(url, '/sign-in', { method: 'POST', body });
  if (signedIn.status !== 200) throw new Error(`${signedIn.status} ${JSON.stringify(signedIn.body)}`);
  const { token } = signedIn.body as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    get: (path) => call(url, path, { headers }),
    post: (path, given = {}) => call(url, path, { method: 'POST', headers, body: given }),
    feed: (query = '') => DeskSocket.open(`${feedUrl(url)}${query}`, headers),
  };
}

/** Where the feed is. */
export function feedUrl(url: string): string {
  return `${url.replace('http', 'ws')}/api/v1/desk/feed`;
}

/** A socket of the feed. `next` goes through the frames in order, each once. */
export class DeskSocket {
  readonly frames: Json[] = [];
  readonly closed: Promise<Closed>;
  readonly #socket: WebSocket;
  readonly #waiters = new Set<() => void>();
  #seen = 0;
  #commands = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Json);
      for (const look of this.#waiters) look();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Opens a socket. Rejects when it is refused. */
  static open(url: string, headers: Record<string, string> = {}): Promise<DeskSocket> {
    const socket = new WebSocket(url, { headers });
    const opened = new DeskSocket(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(opened));
      socket.on('error', reject);
    });
  }

  /** The cursor of the last news. */
  get cursor(): string {
    return this.frames.findLast(({ cursor }) => cursor !== undefined)?.cursor as string;
  }

  /** News so far, but for typing. */
  get news(): Json[] {
    return this.frames.filter(({ cursor, type }) => cursor !== undefined && type !== 'typing');
  }

  send(frame: object): void {
    this.sendRaw(JSON.stringify(frame));
  }

  sendRaw(data: string | Buffer): void {
    this.#socket.send(data);
  }

  /** Sends a command and waits for its answer. */
  async do(type: string, members: object = {}): Promise<Json> {
    const command_id = `c${++this.#commands}`;
    this.send({ type, command_id, ...members });
    return this.find((frame) => frame.command_id === command_id);
  }

  /** The next frame that is wanted, after the one that was asked for before; waits for it if need be. */
  async next(wanted: string | ((frame: Json) => boolean)): Promise<Json> {
    const isWanted = typeof wanted === 'string' ? (frame: Json) => frame.type === wanted : wanted;
    const frame = await this.find((each, index) => index >= this.#seen && isWanted(each));
    this.#seen = this.frames.indexOf(frame) + 1;
    return frame;
  }

  /** The first frame that is wanted, whenever it came; waits for it if need be. */
  find(isWanted: (frame: Json, index: number) => boolean): Promise<Json> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.frames.find((frame, index) => isWanted(frame, index));
        if (found === undefined) return;
        this.#waiters.delete(look);
        resolve(found);
      };
      this.#waiters.add(look);
      look();
      void this.closed.then(({ code, reason }) => reject(new Error(`closed with ${code} (${reason})`)));
    });
  }

  /** Everything that was sent before now has been handled, and what it brought about was told. */
  async settle(): Promise<void> {
    const before = this.frames.length;
    this.send({ type: 'ping' });
    await this.find((frame, index) => index >= before && frame.type === 'pong');
  }

  /** Hangs up without a word, as a lost network does. */
  async drop(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}

/** A visitor of the demo agent. */
export interface Visitor {
  sessionId: string;
  token: string;
  client: WireClient;
}

/** A visitor who asked for a human and waits. */
export async function waitingVisitor(url: string, words = 'a human, please'): Promise<Visitor> {
  const visitor = await clientOf(url).chat();
  visitor.client.send('REQUEST_POLY_AGENT_JOIN');
  await visitor.client.next('POLY_AGENT_MESSAGE');
  visitor.client.send('USER_MESSAGE', { text: words });
  await visitor.client.next('HANDOFF_QUEUE_STATUS');
  return visitor;
}
