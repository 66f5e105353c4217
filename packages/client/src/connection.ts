// Carries out what the connection machine decides: asks for sessions, opens sockets, keeps them alive,
// sets alarms. Hands every frame on and reads none.
import { stepConnection } from './connection.machine.ts';
import type { Connection, ConnectionEffect, ConnectionInput } from './connection.machine.ts';
import { Heartbeat } from './heartbeat.ts';
import type { OpenSocket, Socket } from './ports/socket.ts';
import type { Time, Timer } from './ports/time.ts';
import type { SavedSession } from './saved-session.ts';
import type { Session, SessionApi } from './session-api.ts';

/** What a connection needs, and whom it tells. */
export interface ConnectionParts {
  api: SessionApi;
  openSocket: OpenSocket;
  saved: SavedSession;
  time: Time;
  /** A number in [0, 1). */
  random: () => number;
  /** What the server allows; asked whenever it matters, since it may say so late. */
  limits: () => { maxAttempts: number; heartbeatMs: number };
  /** Where the replay begins on the next socket. */
  cursor: () => number;
  /** One frame to send as a heartbeat. */
  heartbeatFrame: string;
  onFrame: (text: string) => void;
  onChange: (state: Connection) => void;
  /** The session is gone; a new one follows. */
  onSessionLost: () => void;
}

/** The one connection of a client to its session. */
export class SessionConnection {
  readonly #parts: ConnectionParts;
  #state: Connection = { at: 'idle' };
  #session: Session | undefined;
  #socket: Socket | undefined;
  #heartbeat: Heartbeat | undefined;
  #alarm: Timer | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#session = parts.saved.load();
  }

  get state(): Connection {
    return this.#state;
  }

  /** Finds the remembered session again, or asks for a new one. */
  start(): void {
    this.#step({ kind: 'start', hasSession: this.#session !== undefined });
  }

  /** Sends a frame if the socket is open; it is lost otherwise. */
  send(text: string): void {
    if (this.#state.at === 'open') this.#socket?.send(text);
  }

  /** Tries again now, with a fresh count of attempts. */
  retry(): void {
    this.#step({ kind: 'retry' });
  }

  /** Something may have happened to the network: makes sure that an open socket is alive. */
  check(): void {
    this.#heartbeat?.check();
  }

  /** The conversation is over: nothing more will come. */
  sessionEnded(): void {
    this.#step({ kind: 'session-ended' });
  }

  /** Leaves the session behind and asks for a new one. */
  startOver(): void {
    this.#step({ kind: 'start-over' });
  }

  /** Lets go of everything; the session itself goes on and is remembered. */
  close(): void {
    this.#step({ kind: 'close' });
  }

  #step(input: ConnectionInput): void {
    const { time, random, limits } = this.#parts;
    const facts = { nowMs: time.nowMs(), random: random(), maxAttempts: limits().maxAttempts };
    const { next, effects } = stepConnection(this.#state, input, facts);
    if (next === this.#state) return;
    this.#state = next;
    this.#alarm?.cancel();
    if (next.at !== 'open') this.#letGo();
    if (next.at === 'open') this.#keepAlive();
    for (const effect of effects) this.#perform(effect);
    this.#parts.onChange(next);
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.do) {
      case 'create-session':
        return void this.#createSession(this.#state);
      case 'open-socket':
        return this.#openSocket();
      case 'close-socket':
        this.#socket?.close(effect.code);
        this.#socket = undefined;
        return;
      case 'ask-why':
        return void this.#askWhy(this.#state);
      case 'forget-session':
        this.#session = undefined;
        this.#parts.saved.forget();
        return this.#parts.onSessionLost();
      case 'set-alarm':
        this.#alarm = this.#parts.time.after(effect.inMs, () => this.#step({ kind: 'alarm' }));
    }
  }

  async #createSession(asked: Connection): Promise<void> {
    const answer = await this.#parts.api.createSession();
    if (this.#state !== asked) return;
    if ('failure' in answer) return this.#step({ kind: 'session-failed', failure: answer.failure });
    this.#session = answer.session;
    this.#parts.saved.save(answer.session);
    this.#step({ kind: 'session-created' });
  }

  async #askWhy(asked: Connection): Promise<void> {
    const sessionGone = this.#session === undefined || (await this.#parts.api.isGone(this.#session));
    if (this.#state === asked) this.#step({ kind: 'asked-why', sessionGone });
  }

  #openSocket(): void {
    if (!this.#session) return;
    const { api, cursor, openSocket } = this.#parts;
    this.#socket = openSocket(api.socketUrl(this.#session, cursor()), {
      opened: () => this.#step({ kind: 'opened' }),
      received: (text) => {
        this.#heartbeat?.heard();
        this.#parts.onFrame(text);
      },
      closed: (code) => {
        this.#socket = undefined;
        this.#step({ kind: 'socket-closed', code });
      },
    });
  }

  #keepAlive(): void {
    this.#heartbeat = new Heartbeat({
      time: this.#parts.time,
      intervalMs: () => this.#parts.limits().heartbeatMs,
      send: () => this.#socket?.send(this.#parts.heartbeatFrame),
      onSilence: () => this.#step({ kind: 'silent' }),
    });
  }

  #letGo(): void {
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
  }
}
