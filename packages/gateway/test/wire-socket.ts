// A stranger's socket, whatever it speaks: remembers what came over it, and waits for what somebody wants to see.
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { Json } from './any-json.ts';

/** How a socket was closed. */
export interface Closed {
  code: number;
  reason: string;
}

interface Waiter<Item> {
  isWanted: (item: Item) => boolean;
  resolve: (item: Item) => void;
  reject: (error: Error) => void;
}

/** One socket. Every frame brings items: `next` goes through them in order, each once; `items` holds all of them. */
export class WireSocket<Item> {
  /** Frames as they came. */
  readonly frames: string[] = [];
  /** Binary frames among them. */
  binaryFrames = 0;
  readonly items: Item[] = [];
  /** Pings of the server so far. */
  pings = 0;
  /** Headers of the 101. */
  handshakeHeaders: Record<string, string | string[] | undefined> = {};
  readonly closed: Promise<Closed>;
  readonly #socket: WebSocket;
  readonly #itemsOf: (frame: Json) => Item[];
  readonly #waiters: Waiter<Item>[] = [];
  #seen = 0;

  private constructor(socket: WebSocket, itemsOf: (frame: Json) => Item[]) {
    this.#socket = socket;
    this.#itemsOf = itemsOf;
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

  /** Opens a socket whose frames bring these items. Rejects when it is refused. */
  static open<Item>(
    url: string,
    itemsOf: (frame: Json) => Item[],
    options: ClientOptions = {},
  ): Promise<WireSocket<Item>> {
    const socket = new WebSocket(url, options);
    const opened = new WireSocket(socket, itemsOf);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(opened));
      socket.on('error', reject);
    });
  }

  /** Sends a frame as it is: text as text, bytes as a binary frame unless said otherwise. */
  send(data: string | Buffer, options: { binary?: boolean } = {}): void {
    this.#socket.send(data, { binary: options.binary ?? typeof data !== 'string' });
  }

  /** The next item that is wanted, after the one that was asked for before; waits for it if need be. */
  next(isWanted: (item: Item) => boolean): Promise<Item> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ isWanted, resolve, reject });
      this.#serve();
    });
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

  close(code: number): Promise<Closed> {
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
    this.items.push(...this.#itemsOf(JSON.parse(text)));
    this.#serve();
  }

  #serve(): void {
    for (let waiter = this.#waiters[0]; waiter; waiter = this.#waiters[0]) {
      const found = this.items.findIndex((item, index) => index >= this.#seen && waiter?.isWanted(item));
      if (found < 0) return;
      this.#seen = found + 1;
      this.#waiters.shift();
      waiter.resolve(this.items[found] as Item);
    }
  }
}
