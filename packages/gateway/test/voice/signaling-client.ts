// A stranger's signaling socket: sends what it is told, remembers what it got, waits for what it wants to see.
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { Closed } from '../wire-client.ts';

/** A message as it stood on the wire. */
export interface WireSignal {
  type: string;
  sessionId: string;
  // Tests look into messages of every kind.
  // oxlint-disable-next-line typescript/no-explicit-any
  data?: any;
}

/** The type of the message that is waited for, or what tells it. */
export type WantedSignal = string | ((signal: WireSignal) => boolean);

interface Waiter {
  isWanted: (signal: WireSignal) => boolean;
  resolve: (signal: WireSignal) => void;
  reject: (error: Error) => void;
}

/** One socket. `next` goes through the messages in order, each once; `signals` holds all of them. */
export class SignalingClient {
  readonly frames: string[] = [];
  /** Binary frames among them; there must never be one. */
  binaryFrames = 0;
  /** Pings of the server's socket so far. */
  pings = 0;
  readonly signals: WireSignal[] = [];
  readonly closed: Promise<Closed>;
  readonly #socket: WebSocket;
  readonly #waiters: Waiter[] = [];
  #seen = 0;
  #probes = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
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

  /** Opens a socket at `http://…` and this path. Rejects when it is refused. */
  static open(
    url: string,
    headers: Record<string, string> = {},
    options: ClientOptions = {},
  ): Promise<SignalingClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/webrtc/signal`, { headers, ...options });
    const client = new SignalingClient(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('error', reject);
    });
  }

  send(message: object): void {
    this.sendRaw(JSON.stringify(message));
  }

  /** Sends a frame as it is: text as text, bytes as a binary frame. */
  sendRaw(data: string | Buffer, options: { binary?: boolean } = {}): void {
    this.#socket.send(data, { binary: options.binary ?? typeof data !== 'string' });
  }

  /** Sends a candidate, as the SDKs do unless told otherwise. */
  sendCandidate(
    sessionId: string | null,
    candidate: string | null,
    data: object = { sdpMid: '0', sdpMLineIndex: 0 },
  ): void {
    this.send({ type: 'ice-candidate', sessionId, data: { candidate, ...data } });
  }

  /** The next message of this kind, after the one that was asked for before; waits for it if need be. */
  next(wanted: WantedSignal): Promise<WireSignal> {
    const isWanted = typeof wanted === 'string' ? ({ type }: WireSignal) => type === wanted : wanted;
    return new Promise((resolve, reject) => {
      this.#waiters.push({ isWanted, resolve, reject });
      this.#serve();
    });
  }

  /** Resolves when everything that was sent before now has been handled: the answer to a ping is there. */
  async settle(): Promise<void> {
    const sessionId = `probe-${(this.#probes += 1)}`;
    this.send({ type: 'ping', sessionId });
    await this.next((signal) => signal.type === 'pong' && signal.sessionId === sessionId);
  }

  /** Resolves when the server has answered a ping of the socket, by which it has our pongs as well. */
  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('pong', () => resolve());
      this.#socket.ping();
    });
  }

  /** Bytes that the network hasn't taken yet. */
  get unsent(): number {
    return this.#socket.bufferedAmount;
  }

  /** What came so far, without the answers to pings. */
  get heard(): WireSignal[] {
    return this.signals.filter(({ type }) => type !== 'pong');
  }

  /** The messages of one type. */
  ofType(type: string): WireSignal[] {
    return this.signals.filter((signal) => signal.type === type);
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
    this.signals.push(JSON.parse(text) as WireSignal);
    this.#serve();
  }

  #serve(): void {
    for (let waiter = this.#waiters[0]; waiter; waiter = this.#waiters[0]) {
      const found = this.signals.findIndex((signal, index) => index >= this.#seen && waiter?.isWanted(signal));
      if (found < 0) return;
      this.#seen = found + 1;
      this.#waiters.shift();
      waiter.resolve(this.signals[found] as WireSignal);
    }
  }
}
