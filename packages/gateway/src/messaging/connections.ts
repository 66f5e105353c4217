// All connections of this process: counts them per session, closes silent ones, closes all when it drains.
import { closeCodes } from '@parley/protocol';
import type { Clock, Log, Meter, NewId, Timers } from '../kit/index.ts';
import { Connection } from './connection.ts';
import type { ConnectionParts } from './connection.ts';
import { FloodGate } from './flood-gate.ts';
import type { LiveSession } from './live-session.ts';
import { messagingMeters } from './meters.ts';
import type { SessionStore } from './ports/session-store.ts';
import type { Socket } from './ports/socket.ts';
import type { MessagingSettings } from './settings.ts';

const SILENCE_ROUND_MS = 5_000;

/** What the connections need from their house. */
export interface ConnectionsParts {
  store: SessionStore;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
  settings: MessagingSettings;
}

/** The connections of this process. */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #connectionParts: ConnectionParts;
  readonly #open = new Map<string, Set<Connection>>();
  readonly #gates = new WeakMap<LiveSession, FloodGate>();
  #count = 0;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    const meters = messagingMeters(parts.meter);
    this.#connectionParts = { ...parts, meters, onClosed: (connection) => this.#remove(connection) };
    parts.timers.every(Math.min(SILENCE_ROUND_MS, parts.settings.idleTimeoutMs / 4), () => this.#closeSilent());
  }

  /** Open sockets. */
  get count(): number {
    return this.#count;
  }

  /** True when the session has all the sockets it may have. */
  isFull(sessionId: string): boolean {
    return (this.#open.get(sessionId)?.size ?? 0) >= this.#parts.settings.maxConnections;
  }

  /** Connects a socket to a session: replays what comes after the cursor, then follows. */
  connect(session: LiveSession, socket: Socket, after: number): Connection {
    const gate = this.#gates.get(session) ?? new FloodGate(this.#parts.settings.eventsPerSecond, this.#parts.clock);
    this.#gates.set(session, gate);
    const connection = new Connection(session, socket, gate, this.#connectionParts);
    this.#add(connection);
    connection.open(after).catch((error: unknown) => {
      this.#parts.log.error({ sessionId: session.info.id, err: error }, 'A replay failed');
      connection.close(closeCodes.internalError, 'internal error');
    });
    return connection;
  }

  /** Asks every client to come back, elsewhere or later. Sessions live on. */
  closeAll(): void {
    for (const connection of this.#all()) connection.close(closeCodes.goingAway, 'server is going away');
  }

  #closeSilent(): void {
    const sinceMs = this.#parts.clock.nowMs() - this.#parts.settings.idleTimeoutMs;
    for (const connection of this.#all()) {
      // When the whole session is silent, its end closes the socket with the reason said.
      if (connection.heardMs <= sinceMs && connection.session.activeMs > sinceMs) {
        connection.close(closeCodes.goingAway, 'silent for too long');
      }
    }
  }

  #all(): Connection[] {
    return [...this.#open.values()].flatMap((connections) => [...connections]);
  }

  #add(connection: Connection): void {
    const id = connection.session.info.id;
    const connections = this.#open.get(id) ?? new Set();
    this.#open.set(id, connections.add(connection));
    this.#counted(1);
  }

  #remove(connection: Connection): void {
    const id = connection.session.info.id;
    const connections = this.#open.get(id);
    if (!connections?.delete(connection)) return;
    if (connections.size === 0) this.#open.delete(id);
    this.#counted(-1);
  }

  #counted(change: number): void {
    this.#count += change;
    this.#connectionParts.meters.connections.set(this.#count);
  }
}
