// A stranger's WebSocket client: sends what it is told, remembers what it got, waits for what it wants to see.
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { Json } from './any-json.ts';
import { WireSocket } from './wire-socket.ts';
import type { Closed } from './wire-socket.ts';

/** An event as it stood on the wire. */
export interface WireEvent {
  id: string;
  sequence: number | null;
  timestamp: string;
  type: string;
  payload: Json;
  metadata?: { custom: Record<string, unknown> };
}

/** Says whether an event is the one that is waited for. A text stands for a type without its `EVENT_TYPE_`. */
export type Wanted = string | ((event: WireEvent) => boolean);

/** One socket. `next` goes through the events in order, each once; `events` holds all of them. */
export class WireClient {
  /** Frames as they came, batches whole. */
  readonly frames: string[];
  /** Every event, those of batches one by one. */
  readonly events: WireEvent[];
  readonly closed: Promise<Closed>;
  readonly #socket: WireSocket<WireEvent>;

  private constructor(socket: WireSocket<WireEvent>) {
    this.#socket = socket;
    this.frames = socket.frames;
    this.events = socket.items;
    this.closed = socket.closed;
  }

  /** Opens a socket. Rejects when it is refused. */
  static async open(
    url: string,
    headers: Record<string, string> = {},
    options: ClientOptions = {},
  ): Promise<WireClient> {
    return new WireClient(await WireSocket.open(url, eventsOf, { headers, ...options }));
  }

  /** Sends an event, spelled as on the wire but for the `EVENT_TYPE_`. */
  send(type: string, payload: object = {}, custom?: Record<string, unknown>): void {
    const metadata = custom && { metadata: { custom } };
    this.sendRaw(JSON.stringify({ type: `EVENT_TYPE_${type}`, payload, ...metadata }));
  }

  /** The next event of this kind, after the one that was asked for before; waits for it if need be. */
  next(wanted: Wanted): Promise<WireEvent> {
    return this.#socket.next(typeof wanted === 'string' ? isOfType(wanted) : wanted);
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

  /** The events that are kept in the journal. */
  get journaled(): WireEvent[] {
    return this.events.filter(({ sequence }) => sequence !== null);
  }

  /** Headers of the 101. */
  get handshakeHeaders(): HandshakeAnswer['headers'] {
    return this.#socket.handshakeHeaders;
  }

  /** Binary frames among them; there must never be one. */
  get binaryFrames(): number {
    return this.#socket.binaryFrames;
  }

  get pings(): number {
    return this.#socket.pings;
  }

  sendRaw(data: string | Buffer, options?: { binary?: boolean }): void {
    this.#socket.send(data, options);
  }

  ping(): Promise<void> {
    return this.#socket.ping();
  }

  close(code = 1000): Promise<Closed> {
    return this.#socket.close(code);
  }

  drop(): void {
    this.#socket.drop();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}

/** What a frame brings: one event, or those of a batch. */
function eventsOf(frame: WireEvent): WireEvent[] {
  return frame.type === 'EVENT_TYPE_EVENT_BATCH' ? (frame.payload.events as WireEvent[]) : [frame];
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
