// All sessions of this process: creates them, loads them when they are asked for, lets go of idle ones.
import type { Clock, Counter, Log, Meter, NewId, Timers } from '../kit/index.ts';
import { watchIdleness } from './idle-watch.ts';
import { LiveSession } from './live-session.ts';
import type { LiveSessionParts } from './live-session.ts';
import type { Participant, VerifiedContext } from './ports/participant.ts';
import type { SessionStore } from './ports/session-store.ts';
import type { AnsweringAgent } from './session/answering-agent.ts';
import type { AgentProfile } from './session/decision.ts';
import { frameOf } from './session/entry-text.ts';
import type { SessionInfo } from './session/session-info.ts';
import type { MessagingSettings } from './settings.ts';

/** What is asked for when a session is created. */
export type NewSession = Omit<SessionInfo, 'id' | 'createdMs'>;

/** What the sessions need from their house. */
export interface SessionsParts {
  store: SessionStore;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
  settings: MessagingSettings;
  /** An agent as users see it. */
  agentOf(agent: AnsweringAgent): AgentProfile;
}

/** The sessions of this process. */
export class Sessions {
  readonly settings: MessagingSettings;
  readonly #parts: SessionsParts;
  readonly #liveParts: LiveSessionParts;
  readonly #participants: Participant[] = [];
  readonly #live = new Map<string, LiveSession>();
  readonly #loading = new Map<string, Promise<LiveSession | undefined>>();
  readonly #created: Counter;
  #stopWatching: () => void = () => {};

  constructor(parts: SessionsParts) {
    this.#parts = parts;
    this.#liveParts = {
      store: parts.store,
      clock: parts.clock,
      newId: parts.newId,
      agentOf: (agent) => parts.agentOf(agent),
      participants: this.#participants,
      echoSeconds: parts.meter.histogram({
        name: 'parley_echo_seconds',
        help: 'From the arrival of a user message to its echo, the commit included',
        buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      }),
      onBroken: (session, error) => {
        const { id: sessionId } = session.info;
        parts.log.error({ sessionId, err: error }, 'A session broke; the next who asks loads it anew');
        this.unload(session);
      },
    };
    this.settings = parts.settings;
    this.#created = parts.meter.counter({
      name: 'parley_sessions_created_total',
      help: 'Sessions created, by door',
      labels: ['door'],
    });
  }

  /** Lets somebody take part in every session. Before `start`. */
  add(participant: Participant): void {
    this.#participants.push(participant);
  }

  /** Looks at what a former process left unfinished, and begins to watch for idle sessions. */
  async start(): Promise<void> {
    const unfinished = await this.#parts.store.due({
      activeBeforeMs: 0,
      messageBeforeMs: 0,
      unfinished: true,
      after: null,
      limit: Number.MAX_SAFE_INTEGER,
    });
    for (const id of unfinished) {
      await this.open(id).catch((error: unknown) => {
        this.#parts.log.error({ sessionId: id, err: error }, 'An unfinished session could not be loaded');
      });
    }
    this.#stopWatching = watchIdleness(this, this.#parts);
  }

  /** Creates a session and journals its start. Resolves when it is durable. */
  async create(wanted: NewSession): Promise<LiveSession> {
    const { clock, newId, store } = this.#parts;
    const createdMs = clock.nowMs();
    const info: SessionInfo = { ...wanted, id: newId(), createdMs };
    const start = { position: 1, sequence: 1, atMs: createdMs };
    const frame = frameOf({ ...start, id: newId(), event: this.#startEvent(info) });
    const entries = [{ ...start, text: frame }];
    await store.create(info, entries);
    this.#created.add(1, { door: info.door });
    return this.#keep(new LiveSession({ info, activeMs: createdMs, entries }, this.#liveParts));
  }

  /** The session with this id, loaded if need be; undefined when there is none. Rejects when the store does. */
  open(id: string): Promise<LiveSession | undefined> {
    const live = this.#live.get(id);
    if (live) return Promise.resolve(live);
    const loading = this.#loading.get(id) ?? this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** Every session that is in memory. */
  get loaded(): Iterable<LiveSession> {
    return this.#live.values();
  }

  /** The session if it is in memory. */
  peek(id: string): LiveSession | undefined {
    return this.#live.get(id);
  }

  /** Keeps verified context with the session until it ends, and past restarts. */
  keepContext(session: LiveSession, context: VerifiedContext): void {
    session.context = context;
    this.#parts.store.note(session.info.id, { context: JSON.stringify(context) });
  }

  /** Lets go of a session; it is loaded again when somebody asks. */
  unload(session: LiveSession): void {
    if (this.#live.get(session.info.id) !== session) return;
    this.#live.delete(session.info.id);
    this.#parts.store.note(session.info.id, { activeMs: session.activeMs });
    for (const participant of this.#participants) participant.sessionUnloaded?.(session);
  }

  /** Stops watching and lets go of everything. Journals are whole at any time, so nothing is lost. */
  stop(): void {
    this.#stopWatching();
    for (const session of this.#live.values()) this.unload(session);
  }

  async #load(id: string): Promise<LiveSession | undefined> {
    const stored = await this.#parts.store.load(id);
    if (!stored) return undefined;
    const session = new LiveSession(stored, this.#liveParts);
    if (stored.context !== null) session.context = JSON.parse(stored.context) as VerifiedContext;
    this.#keep(session);
    session.announce();
    return session;
  }

  #keep(session: LiveSession): LiveSession {
    this.#live.set(session.info.id, session);
    return session;
  }

  #startEvent(info: SessionInfo) {
    const { maxMessageBytes, maxReconnectAttempts, heartbeatIntervalSeconds } = this.settings;
    return {
      type: 'session-start' as const,
      capabilities: {
        streaming: info.streaming,
        maxMessageSizeBytes: maxMessageBytes,
        maxReconnectAttempts,
        heartbeatIntervalSeconds,
      },
      contextId: info.contextId ?? undefined,
    };
  }
}
