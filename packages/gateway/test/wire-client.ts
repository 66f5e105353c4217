// A stranger's WebSocket client: sends what it is told, remembers what it got, waits for what it wants to see.
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

/** An event as it stood on the wire. */
export interface WireEvent {
  id: string;
  sequence: number | null;
  timestamp: string;
  type: string;
  // Tests look into payloads of every kind.
  // oxlint-disable-next-line typescript/no-explicit-any
  payload: any;
  metadata?: { custom: Record<string, unknown> };
}

/** Says whether an event is the one that is waited for. A text stands for a type without its `EVENT_TYPE_`. */
export type Wanted = string | ((event: WireEvent) => boolean);

/** How a socket was closed. */
export interface Closed {
  code: number;
  reason: string;
}

interface Waiter {
  isWanted: (event: WireEvent) => boolean;
  resolve: (event: WireEvent) => void;
  reject: (error: Error) => void;
}

/** One socket. `next` goes through the events in order, each once; `events` holds all of them. */
export class WireClient {
  /** Frames as they came, batches whole. */
  readonly frames: string[] = [];
  /** Binary frames among them; there must never be one. */
  binaryFrames = 0;
  /** Pings of the server so far. */
  pings = 0;
  /** Every event, those of batches one by one. */
  readonly events: WireEvent[] = [];
  readonly closed: Promise<Closed>;
  /** Headers of the 101. */
  handshakeHeaders: HandshakeAnswer['headers'] = {};
  readonly #socket: WebSocket;
  readonly #waiters: Waiter[] = [];
  #seen = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('upgrade', ({ headers }) => (this.handshakeHeaders = headers));
    socket.on('ping', () => (this.pings += 1));
    socket.on('message', (data: Buffer, isBinary) => this.#take(data, isBinary));
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        const error = new Error(`the socket was closed with ${code} (${reason.toString()})`);
        for (const { reject } of this.#waiters.splice(0)) reject(error);
      });
    });
  }

  /** Opens a socket. Rejects when it is refused. */
  static open(url: string, headers: Record<string, string> = {}, options: ClientOptions = {}): Promise<WireClient> {
    const socket = new WebSocket(url, { headers, ...options });
    const client = new WireClient(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('error', reject);
    });
  }

  /** Sends an event, spelled as on the wire but for the `EVENT_TYPE_`. */
  send(type: string, payload: object = {}, custom?: Record<string, unknown>): void {
    const metadata = custom && { metadata: { custom } };
    this.sendRaw(JSON.stringify({ type: `EVENT_TYPE_${type}`, payload, ...metadata }));
  }

  /** Sends a frame as it is: text as text, bytes as a binary frame unless said otherwise. */
  sendRaw(data: string | Buffer, options: { binary?: boolean } = {}): void {
    this.#socket.send(data, { binary: options.binary ?? typeof data !== 'string' });
  }

  /** The next event of this kind, after the one that was asked for before; waits for it if need be. */
  next(wanted: Wanted): Promise<WireEvent> {
    const isWanted = typeof wanted === 'string' ? isOfType(wanted) : wanted;
    return new Promise((resolve, reject) => {
      this.#waiters.push({ isWanted, resolve, reject });
      this.#serve();
    });
  }

  /** Resolves when everything that was sent before now has been answered: the echo of a heartbeat is there. */
  async settle(): Promise<void> {
    const probe = `probe-${this.events.length}-${Math.random()}`;
    this.send('HEARTBEAT', {}, { probe });
    await this.next((event) => event.metadata?.custom['probe'] === probe);
  }

  /** Types of the events so far, without `EVENT_TYPE_`; heartbeats are left out. */
  get types(): string[] {
    return this.events.map(({ type }) => type.replace('EVENT_TYPE_', '')).filter((type) => type !== 'HEARTBEAT');
  }

  /** Resolves when the server has answered a ping of the socket; no frame of the client's is needed for that. */
  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('pong', () => resolve());
      this.#socket.ping();
    });
  }

  /** The events that are kept in the journal. */
  get journaled(): WireEvent[] {
    return this.events.filter(({ sequence }) => sequence !== null);
  }

  async close(code = 1000): Promise<Closed> {
    this.#socket.close(code);
    return this.closed;
  }

  /** Hangs up without a word, as a lost network does. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Stops reading, as a client that hangs does. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (isBinary) this.binaryFrames += 1;
    const text = data.toString();
    this.frames.push(text);
    const frame = JSON.parse(text) as WireEvent;
    this.events.push(...(frame.type === 'EVENT_TYPE_EVENT_BATCH' ? (frame.payload.events as WireEvent[]) : [frame]));
    this.#serve();
  }

  #serve(): void {
    for (let waiter = this.#waiters[0]; waiter; waiter = this.#waiters[0]) {
      const found = this.events.findIndex((event, index) => index >= this.#seen && waiter?.isWanted(event));
      if (found < 0) return;
      this.#seen = found + 1;
      this.#waiters.shift();
      waiter.resolve(this.events[found] as WireEvent);
    }
  }
}

/** Events of a type, without its `EVENT_TYPE_`. */
export function isOfType(type: string): (event: WireEvent) => boolean {
  return (event) => event.type === `EVENT_TYPE_${type}`;
}

/** An answer to a handshake that was refused. */
export interface HandshakeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Asks for a socket and expects to be refused; rejects when it opens. */
export function refusedHandshake(url: string, headers: Record<string, string> = {}): Promise<HandshakeAnswer> {
  const socket = new WebSocket(url, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('the handshake was accepted'));
    });
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
  });
}
