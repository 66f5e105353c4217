// A stranger's signaling socket: sends what it is told, remembers what it got, waits for what it wants to see.
import type { ClientOptions } from 'ws';
import type { Json } from '../any-json.ts';
import { WireSocket } from '../wire-socket.ts';
import type { Closed } from '../wire-socket.ts';

/** A message as it stood on the wire. */
export interface WireSignal {
  type: string;
  sessionId: string;
  data?: Json;
}

/** The type of the message that is waited for, or what tells it. */
export type WantedSignal = string | ((signal: WireSignal) => boolean);

/** One socket. `next` goes through the messages in order, each once; `signals` holds all of them. */
export class SignalingClient {
  readonly frames: string[];
  readonly signals: WireSignal[];
  readonly closed: Promise<Closed>;
  readonly #socket: WireSocket<WireSignal>;
  #probes = 0;

  private constructor(socket: WireSocket<WireSignal>) {
    this.#socket = socket;
    this.frames = socket.frames;
    this.signals = socket.items;
    this.closed = socket.closed;
  }

  /** Opens a socket at `http://…` and this path. Rejects when it is refused. */
  static async open(
    url: string,
    headers: Record<string, string> = {},
    options: ClientOptions = {},
  ): Promise<SignalingClient> {
    const address = `${url.replace('http', 'ws')}/api/v1/webrtc/signal`;
    const signalsOf = (frame: WireSignal): WireSignal[] => [frame];
    return new SignalingClient(await WireSocket.open(address, signalsOf, { headers, ...options }));
  }

  send(message: object): void {
    this.sendRaw(JSON.stringify(message));
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
    return this.#socket.next(typeof wanted === 'string' ? ({ type }) => type === wanted : wanted);
  }

  /** Resolves when everything that was sent before now has been handled: the answer to a ping is there. */
  async settle(): Promise<void> {
    const sessionId = `probe-${(this.#probes += 1)}`;
    this.send({ type: 'ping', sessionId });
    await this.next((signal) => signal.type === 'pong' && signal.sessionId === sessionId);
  }

  /** What came so far, without the answers to pings. */
  get heard(): WireSignal[] {
    return this.signals.filter(({ type }) => type !== 'pong');
  }

  /** The messages of one type. */
  ofType(type: string): WireSignal[] {
    return this.signals.filter((signal) => signal.type === type);
  }

  get unsent(): number {
    return this.#socket.unsent;
  }

  /** Binary frames; there must never be one. */
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
