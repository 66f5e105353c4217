// A server in memory: sessions, journals, sockets. Speaks the wire through the protocol's codecs, and
// fails in every way a test asks for.
import { decodeClientFrame, encodeBatch, encodeEvent, restErrors } from '@parley/protocol';
import type { Capabilities, ClientFrame, Custom, Envelope, JournaledEvent, ServerEvent } from '@parley/protocol';
import type { OpenSocket, SocketEvents } from '../src/ports/socket.ts';

interface FakeSession {
  id: string;
  token: string;
  journal: Envelope[];
}

interface FakeSocket {
  session: FakeSession;
  events: SocketEvents;
  isOpen: boolean;
  /** A stream that lost a frame carries none after it: streams have no holes. */
  isDeaf: boolean;
  isMute: boolean;
}

/** What goes wrong. All off at the start. */
export interface Faults {
  /** Nothing is reachable: neither REST nor sockets. */
  down: boolean;
  /** Frames of the client are lost on the way. */
  deaf: boolean;
  /** Frames of the server are lost on the way. */
  mute: boolean;
  /** Handshakes fail without an answer. */
  handshakes: boolean;
  /** The answer of REST calls, instead of the right one. */
  rest?: { status: number; text: string; headers?: Record<string, string> };
}

export class FakeGateway {
  readonly faults: Faults = { down: false, deaf: false, mute: false, handshakes: false };
  capabilities: Capabilities = {
    streaming: true,
    maxMessageSizeBytes: 131_072,
    maxReconnectAttempts: 5,
    heartbeatIntervalSeconds: 30,
  };
  /** Whether the agent joins when asked. */
  agentJoins = true;
  readonly sessions = new Map<string, FakeSession>();
  /** Everything clients sent, as it was understood. */
  readonly received: ClientFrame[] = [];
  /** The same as text. */
  readonly frames: string[] = [];
  readonly handshakeUrls: string[] = [];
  readonly requests: { path: string; headers: Headers; body: string }[] = [];
  #sockets: FakeSocket[] = [];
  #ids = 0;

  /** The one session of a test. */
  get session(): FakeSession {
    const last = [...this.sessions.values()].at(-1);
    if (!last) throw new Error('no session was created');
    return last;
  }

  /** Sockets the server believes to be open. */
  get openSockets(): number {
    return this.#sockets.filter((socket) => socket.isOpen).length;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (this.faults.down) throw new TypeError('fetch failed');
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init?.body === 'string' ? init.body : '';
    this.requests.push({ path: url.pathname, headers: new Headers(init?.headers), body });
    if (this.faults.rest) return answer(this.faults.rest.status, this.faults.rest.text, this.faults.rest.headers);
    if (url.pathname === '/api/v1/access-token') {
      return json({ access_token: `token-${++this.#ids}`, expires_in: 86_400, token_type: 'Bearer' });
    }
    if (url.pathname === '/api/v1/sessions') return json({ session_id: this.#createSession(init).id });
    const refusal = this.#refusal(url.searchParams) ?? restErrors.upgradeRequired;
    return answer(refusal.status, refusal.text);
  };

  readonly openSocket: OpenSocket = (url, events) => {
    this.handshakeUrls.push(url);
    const socket: FakeSocket = {
      session: { id: '', token: '', journal: [] },
      events,
      isOpen: false,
      isDeaf: false,
      isMute: false,
    };
    let isWanted = true;
    queueMicrotask(() => {
      if (isWanted) this.#handshake(new URL(url).searchParams, socket);
    });
    return {
      send: (text) => queueMicrotask(() => this.#receive(socket, text)),
      close: () => {
        isWanted = false;
        socket.isOpen = false;
        socket.events = { opened() {}, received() {}, closed() {} };
      },
    };
  };

  /** Appends an event to the session's journal and sends it to every socket. */
  publish(event: JournaledEvent, custom?: Custom): Envelope {
    return this.#publish(this.session, event, custom);
  }

  /** Sends a transient event to every socket. */
  tell(event: ServerEvent, custom?: Custom): void {
    for (const socket of this.#sockets) this.#send(socket, encodeEvent(this.#envelope(event, null, custom)));
  }

  /** Sends events of the journal once more, as they are. */
  repeat(sequences: readonly number[]): void {
    const repeated = this.session.journal.filter(({ sequence }) => sequences.includes(sequence ?? 0));
    for (const socket of this.#sockets) for (const envelope of repeated) this.#send(socket, encodeEvent(envelope));
  }

  /** Sends a text of any kind. */
  sendRaw(text: string): void {
    for (const socket of this.#sockets) this.#send(socket, text);
  }

  /** Closes every socket with a code, as the client sees it. */
  drop(code: number): void {
    const dropped = this.#sockets.filter((socket) => socket.isOpen);
    this.#sockets = [];
    for (const socket of dropped) {
      socket.isOpen = false;
      socket.events.closed(code);
    }
  }

  /** The session is gone: handshakes are answered with 404. */
  expireSessions(): void {
    this.sessions.clear();
  }

  #createSession(init: RequestInit | undefined): FakeSession {
    const token = new Headers(init?.headers).get('Authorization')?.replace('Bearer ', '') ?? '';
    const session: FakeSession = { id: `session-${++this.#ids}`, token, journal: [] };
    this.sessions.set(session.id, session);
    this.#publish(session, { type: 'session-start', capabilities: this.capabilities });
    return session;
  }

  #refusal(query: URLSearchParams): { status: number; text: string } | undefined {
    const session = this.sessions.get(query.get('session_id') ?? '');
    if (!session) return restErrors.sessionNotFound;
    return session.token === query.get('access_token') ? undefined : restErrors.authenticationFailed;
  }

  #handshake(query: URLSearchParams, socket: FakeSocket): void {
    const session = this.sessions.get(query.get('session_id') ?? '');
    const isRefused = this.faults.down || this.faults.handshakes || this.#refusal(query) !== undefined;
    if (isRefused || !session) return socket.events.closed(1006);
    socket.session = session;
    socket.isOpen = true;
    this.#sockets.push(socket);
    socket.events.opened();
    const after = Number(query.get('cursor') ?? 0);
    const missed = session.journal.filter(({ sequence }) => (sequence ?? 0) > after).map(encodeEvent);
    this.#send(socket, encodeBatch({ id: `batch-${++this.#ids}`, timestamp: now }, missed));
    if (session.journal.at(-1)?.event.type === 'session-end') socket.events.closed(1000);
  }

  #send(socket: FakeSocket, text: string): void {
    socket.isMute ||= this.faults.mute || this.faults.down;
    if (socket.isOpen && !socket.isMute) socket.events.received(text);
  }

  #receive(socket: FakeSocket, text: string): void {
    socket.isDeaf ||= this.faults.deaf || this.faults.down;
    if (!socket.isOpen || socket.isDeaf) return;
    const frame = decodeClientFrame(text);
    if ('refused' in frame) throw new Error(`a client sent a bad frame: ${text}`);
    this.received.push(frame);
    this.frames.push(text);
    this.#answer(socket, frame);
  }

  #answer(socket: FakeSocket, { event, custom }: ClientFrame): void {
    const { session } = socket;
    if (session.journal.at(-1)?.event.type === 'session-end') return;
    switch (event.type) {
      case 'heartbeat':
        return this.#send(socket, encodeEvent(this.#envelope(event, null)));
      case 'request-poly-agent-join': {
        if (session.journal.some((entry) => entry.event.type === 'request-poly-agent-join')) return;
        this.#publish(session, event);
        if (this.agentJoins) this.#publish(session, { type: 'poly-agent-joined', agentName: 'Ada' });
        return;
      }
      case 'user-message': {
        const id = custom?.['client_event_id'];
        const known = session.journal.find((entry) => id !== undefined && entry.custom?.['client_event_id'] === id);
        if (known) return this.#send(socket, encodeEvent(known));
        this.#publish(session, { ...event, messageId: `message-${++this.#ids}` }, custom);
        return;
      }
      case 'user-end-session':
        this.#publish(session, event);
        this.#publish(session, { type: 'session-end', reason: 'REASON_USER_END' });
        return this.drop(1000);
      case 'user-typing':
      case 'link-to-webrtc-conversation':
    }
  }

  #publish(session: FakeSession, event: JournaledEvent, custom?: Custom): Envelope {
    const envelope = this.#envelope(event, session.journal.length + 1, custom);
    session.journal.push(envelope);
    for (const socket of this.#sockets) {
      if (socket.session === session) this.#send(socket, encodeEvent(envelope));
    }
    return envelope;
  }

  #envelope(event: ServerEvent, sequence: number | null, custom?: Custom): Envelope {
    return { id: `event-${++this.#ids}`, sequence, timestamp: now, event, ...(custom && { custom }) };
  }
}

const now = '2026-01-01T12:00:00.000Z';

function json(body: object): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } });
}

function answer(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ message: text, error: text }), { status, headers });
}
