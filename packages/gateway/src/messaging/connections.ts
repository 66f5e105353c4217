// All connections of this process: counts them per session, closes silent ones, closes all when it drains.
import { closeCodes } from '@parley/protocol';
import type { Clock, Log, Meter, NewId, Timer, Timers } from '../kit/index.ts';
import { Connection } from './connection.ts';
import type { ConnectionParts } from './connection.ts';
import { FloodGate } from './flood-gate.ts';
import type { LiveSession } from './live-session.ts';
import { messagingMeters } from './meters.ts';
import type { ConnectorWatch } from './ports/connector-watch.ts';
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
  connectors: ConnectorWatch;
}

/** The connections of this process. */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #connectionParts: ConnectionParts;
  readonly #open = new Set<Connection>();
  readonly #silenceWatch: Timer;
  readonly #gates = new WeakMap<LiveSession, FloodGate>();

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    const meters = messagingMeters(parts.meter);
    this.#connectionParts = {
      ...parts,
      meters,
      gateOf: (session) => this.#gateOf(session),
      onClosed: (connection) => this.#remove(connection),
    };
    this.#silenceWatch = parts.timers.every(Math.min(SILENCE_ROUND_MS, parts.settings.idleTimeoutMs / 4), () =>
      this.#closeSilent(),
    );
  }

  /** Open sockets. */
  get count(): number {
    return this.#open.size;
  }

  /** True when the session has all the sockets it may have. */
  isFull(session: LiveSession): boolean {
    return session.subscriberCount >= this.#parts.settings.maxConnections;
  }

  /** Connects a socket to a session: replays what comes after the cursor, then follows. */
  connect(session: LiveSession, socket: Socket, after: number): Connection {
    const connection = new Connection(session, socket, this.#connectionParts);
    this.#add(connection);
    connection.open(after).catch((error: unknown) => {
      this.#parts.log.error({ sessionId: session.info.id, err: error }, 'A replay failed');
      connection.close(closeCodes.internalError, 'internal error');
    });
    return connection;
  }

  /** Asks every client to come back, elsewhere or later. Sessions live on. */
  closeAll(): void {
    this.#silenceWatch.cancel();
    for (const connection of this.#open) connection.close(closeCodes.goingAway, 'server is going away');
  }

  /** Connections of one session share a gate; those that say nothing need none. */
  #gateOf(session: LiveSession): FloodGate {
    const known = this.#gates.get(session);
    if (known) return known;
    const gate = new FloodGate(this.#parts.settings.eventsPerSecond, this.#parts.clock);
    this.#gates.set(session, gate);
    return gate;
  }

  #closeSilent(): void {
    const sinceMs = this.#parts.clock.nowMs() - this.#parts.settings.idleTimeoutMs;
    for (const connection of this.#open) {
      // SDKs send nothing while they are in a call (voice spec, section 8.2).
      if (connection.session.state.call) continue;
      // When the whole session is silent, its end closes the socket with the reason said.
      if (connection.heardMs <= sinceMs && connection.session.activeMs > sinceMs) {
        connection.close(closeCodes.goingAway, 'silent for too long');
      }
    }
  }

  #add(connection: Connection): void {
    this.#open.add(connection);
    this.#connectionParts.meters.connections.set(this.#open.size);
  }

  #remove(connection: Connection): void {
    this.#open.delete(connection);
    this.#connectionParts.meters.connections.set(this.#open.size);
  }
}
