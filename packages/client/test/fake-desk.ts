// A desk's server in memory: who is signed in, and sockets that a test speaks through. The wire goes through the
// protocol's codecs.
import {
  decodeDeskClientFrame,
  deskErrors,
  encodeDeskError,
  encodeDeskServerFrame,
  encodeDeskSignedIn,
} from '@parley/protocol';
import type { DeskClientFrame, DeskEvent, DeskOverview, DeskPerson, DeskResult, DeskProblem } from '@parley/protocol';
import type { OpenSocket, SocketEvents } from '../src/ports/socket.ts';

export const grace: DeskPerson = {
  id: 'grace',
  name: 'Grace',
  avatarUrl: null,
  role: 'agent',
  connected: true,
  availability: 'available',
  queueIds: null,
  chatCount: 0,
  fullFor: [],
  capacity: 3,
};

export const emptyDesk: DeskOverview = {
  me: grace,
  queues: [],
  waiting: [],
  chats: [],
  people: [grace],
  cannedReplies: [],
};

/** An event without the cursor, which the server gives. */
export type News = DeskEvent extends infer Event ? (Event extends DeskEvent ? Omit<Event, 'cursor'> : never) : never;

/** Commands as they came. */
export type Command = Exclude<DeskClientFrame, { type: 'authenticate' | 'ping' }>;

export class FakeDesk {
  signedIn = true;
  /** Nothing is reachable. */
  down = false;
  /** Pings are not answered. */
  mute = false;
  /** The answer to the next sign-in, instead of the right one. */
  refusal: {
    error: typeof deskErrors.wrongCredentials | { status: number; text: string; code: string };
    retryAfter?: string;
  } | null = null;
  readonly requests: { method: string; path: string; headers: Headers; body: string }[] = [];
  readonly urls: string[] = [];
  /** Frames of clients, but for pings. */
  readonly received: DeskClientFrame[] = [];
  #socket: SocketEvents | undefined;
  #count = 0;

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (this.down) throw new TypeError('fetch failed');
    const path = new URL(input instanceof Request ? input.url : input).pathname;
    const body = typeof init?.body === 'string' ? init.body : '';
    this.requests.push({ method: init?.method ?? 'GET', path, headers: new Headers(init?.headers), body });
    if (path.endsWith('/sign-in')) return this.#signIn(body);
    if (path.endsWith('/sign-out')) {
      this.signedIn = false;
      return new Response(null, { status: 204 });
    }
    return this.signedIn ? new Response('{}') : refused(deskErrors.unauthenticated);
  };

  readonly openSocket: OpenSocket = (url, events) => {
    this.urls.push(url);
    const isMine = (): boolean => this.#socket === events;
    this.#socket = events;
    queueMicrotask(() => {
      if (this.down) events.closed(1006);
      else if (isMine()) events.opened();
    });
    return {
      send: (text) => {
        const frame = decodeDeskClientFrame(text);
        if ('invalid' in frame) throw new Error(`the client sent ${text}`);
        if (frame.type !== 'ping') this.received.push(frame);
        else if (!this.mute) queueMicrotask(() => events.received(encodeDeskServerFrame({ type: 'pong' })));
      },
      close: () => {
        if (isMine()) this.#socket = undefined;
      },
    };
  };

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** The commands of one type. */
  commands<Type extends Command['type']>(type: Type): Extract<Command, { type: Type }>[] {
    return this.received.filter((frame): frame is Extract<Command, { type: Type }> => frame.type === type);
  }

  tell(news: News): void {
    const cursor = `c.${++this.#count}`;
    this.#socket?.received(encodeDeskServerFrame({ ...news, cursor }));
  }

  tellRaw(text: string): void {
    this.#socket?.received(text);
  }

  done(command: Command | undefined, result: DeskResult = {}): void {
    const commandId = command?.commandId ?? '';
    this.#socket?.received(encodeDeskServerFrame({ type: 'done', commandId, ...result }));
  }

  refuse(command: Command | undefined, problem: DeskProblem): void {
    const commandId = command?.commandId ?? '';
    this.#socket?.received(encodeDeskServerFrame({ type: 'refused', commandId, problem }));
  }

  drop(code = 1006): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.closed(code);
  }

  #signIn(body: string): Response {
    if (this.refusal) return refused(this.refusal.error, this.refusal.retryAfter);
    this.signedIn = true;
    const token = body.includes('"session":"token"') ? { token: 'T' } : {};
    return new Response(encodeDeskSignedIn({ me: grace, expiresMs: 1, ...token }));
  }
}

function refused(error: { status: number; text: string; code: string }, retryAfter?: string): Response {
  const headers = retryAfter === undefined ? undefined : { 'Retry-After': retryAfter };
  return new Response(encodeDeskError(error, { errorId: 'e' }), { status: error.status, ...(headers && { headers }) });
}
