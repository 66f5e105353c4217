// An SDK at work on one socket after the other: reconnects, resends, asks for the agent, ends, starts over.
// Source: messaging spec, sections 2.3, 2.8, 7.4, 10.1.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { after, manners, pauses } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { SdkChat } from './sdk-chat.ts';
import type { Bubble } from './sdk-chat.ts';
import { isUsable, obtainSession } from './sdk-rest.ts';
import type { SdkSession } from './sdk-rest.ts';

/** Handshakes refused in a row before the SDK gives up. */
const INVALID_SESSION_BUDGET = 3;

/** One app on one phone. Stop it when the test is over. */
export class SdkClient {
  chat: SdkChat = new SdkChat();
  session: SdkSession | undefined;
  /** Sessions so far: one, unless the server lost one or the user started over. */
  sessions = 0;
  /** The SDK has given up for good. */
  terminal: string | undefined;
  readonly #url: string;
  readonly #dialect: Dialect;
  readonly #waiters = new Set<() => void>();
  readonly #pending = new Map<Bubble, string>();
  #socket: WebSocket | undefined;
  #stopHeartbeats: () => void = () => {};
  #refused = 0;
  #reconnects = 0;
  #stopped = false;

  private constructor(url: string, dialect: Dialect) {
    this.#url = url;
    this.#dialect = dialect;
  }

  /** Starts an app: token, session, socket. */
  static async start(url: string, dialect: Dialect): Promise<SdkClient> {
    const client = new SdkClient(url, dialect);
    await client.#begin();
    return client;
  }

  /** An app that was closed and is opened again: it knows its session and nothing else. */
  static resume(url: string, dialect: Dialect, session: SdkSession): SdkClient {
    const client = new SdkClient(url, dialect);
    client.session = session;
    client.#connect();
    return client;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** The user sends a message. */
  say(text: string): Bubble {
    const localId = manners[this.#dialect].spelled(randomUUID());
    const bubble = this.chat.draft(localId, text);
    const payload = { text };
    const frame = JSON.stringify({
      type: 'EVENT_TYPE_USER_MESSAGE',
      payload,
      metadata: { custom: { local_id: localId } },
    });
    this.#pending.set(bubble, frame);
    if (!this.#write(frame) && manners[this.#dialect].failsOnDrop) bubble.state = 'failed';
    for (const atMs of manners[this.#dialect].resendsAtMs) after(atMs, () => this.#resend(bubble, frame));
    return bubble;
  }

  type(): void {
    this.#send('USER_TYPING', { state: 'TYPING_STATE_STARTED' });
    this.#send('USER_TYPING', { state: 'TYPING_STATE_STOPPED' });
  }

  /** The network goes away without a word. */
  drop(): void {
    this.#socket?.terminate();
  }

  /** The app comes to the foreground: a new socket in place of the old one. */
  replaceSocket(): void {
    const old = this.#socket;
    this.#socket = undefined;
    old?.close(manners[this.#dialect].replaceCode);
    this.#connect();
  }

  /** The user ends the chat: the frame, and the close right behind it. */
  end(): void {
    this.#send('USER_END_SESSION');
    this.stop(1000);
  }

  /** The user starts over: the old session is ended, a new one begun. */
  async startNewSession(): Promise<void> {
    this.#send('USER_END_SESSION');
    const old = this.#socket;
    this.#socket = undefined;
    old?.close(1000);
    await this.#begin();
  }

  /** No more sockets. */
  stop(code = 1000): void {
    this.#stopped = true;
    this.#stopHeartbeats();
    this.#socket?.close(code);
  }

  /** Resolves when the chat has come to be so. */
  until(isSo: (client: SdkClient) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo(this)) return;
        this.#waiters.delete(look);
        resolve();
      };
      this.#waiters.add(look);
      look();
    });
  }

  async #begin(): Promise<void> {
    this.chat = new SdkChat();
    this.#pending.clear();
    this.sessions += 1;
    this.session = await obtainSession(this.#url, this.#dialect);
    this.#connect();
  }

  #connect(): void {
    const { session } = this;
    if (!session || this.#stopped) return;
    if (!isUsable(session.accessToken)) throw new Error('the SDK would not connect with this token');
    const query = new URLSearchParams({ access_token: session.accessToken, session_id: session.sessionId });
    if (this.chat.cursor > 0) query.set('cursor', String(this.chat.cursor));
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/ws?${query.toString()}`, {
      perMessageDeflate: this.#dialect === 'android',
    });
    this.#socket = socket;
    let isRefused = false;
    socket.on('unexpected-response', () => {
      isRefused = true;
      socket.terminate();
    });
    socket.on('error', () => {});
    socket.on('open', () => this.#opened(socket));
    socket.on('message', (data: Buffer, isBinary) => this.#take(socket, data, isBinary));
    socket.on('close', (code) => {
      if (this.#socket === socket) this.#closed(isRefused ? 'refused' : code);
    });
  }

  #opened(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#refused = 0;
    this.#reconnects = 0;
    this.#beat();
    // Resends that waited for a socket all leave now: identical frames, back to back.
    for (const [bubble, frame] of this.#pending) {
      if (bubble.state === 'sending') for (const _ of manners[this.#dialect].resendsAtMs) this.#write(frame);
    }
    this.#look();
  }

  #take(socket: WebSocket, data: Buffer, isBinary: boolean): void {
    if (this.#socket !== socket) return;
    if (isBinary) {
      socket.terminate();
      return;
    }
    for (const _join of this.chat.take(data.toString())) this.#send('REQUEST_POLY_AGENT_JOIN');
    this.#look();
  }

  #closed(how: number | 'refused'): void {
    this.#socket = undefined;
    this.#stopHeartbeats();
    if (manners[this.#dialect].failsOnDrop) {
      for (const bubble of this.#pending.keys()) if (bubble.state === 'sending') bubble.state = 'failed';
    }
    if (how === 1000) this.chat.isEnded = true;
    else if (how === 'refused' || how === 4001) this.#lose();
    else if (how !== 4000)
      after(Math.min(pauses.firstReconnect * 2 ** this.#reconnects++, 30_000), () => this.#connect());
    this.#look();
  }

  /** Whatever refused the socket: the session counts as lost, and the user is greeted anew. */
  #lose(): void {
    this.#refused += 1;
    if (this.#refused > INVALID_SESSION_BUDGET) this.terminal = 'session expired';
    else this.#begin().catch((error: unknown) => (this.terminal = String(error)));
  }

  #resend(bubble: Bubble, frame: string): void {
    if (bubble.state === 'sending') this.#write(frame);
  }

  #beat(): void {
    this.#stopHeartbeats();
    this.#stopHeartbeats = after(pauses.heartbeat, () => {
      this.#send('HEARTBEAT');
      this.#beat();
    });
  }

  #send(type: string, payload: object = {}): void {
    this.#write(JSON.stringify({ type: `EVENT_TYPE_${type}`, payload }));
  }

  #write(frame: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(frame);
    return true;
  }

  #look(): void {
    for (const look of this.#waiters) look();
  }
}
