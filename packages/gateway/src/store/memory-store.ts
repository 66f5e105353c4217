// The store in memory, for tests and tools. It keeps every promise of the databases but to outlive the process.
import type { Connector, ConnectorStore } from '../identity/index.ts';
import type { SessionMarks, SessionStore, StoredEntry, StoredSession } from '../messaging/index.ts';
import type { CallArchive } from '../voice/index.ts';
import { connectorHashes, connectorRecord } from './connector-record.ts';
import { bridgeInMemory } from './memory-bridge-store.ts';
import { callsInMemory } from './memory-calls.ts';
import { deskInMemory, deskUsersInMemory } from './memory-desk-store.ts';
import { sharedIdIn } from './shared-id.ts';
import { StoreError } from './store-error.ts';
import type { Store } from './store.ts';

interface KeptSession extends StoredSession {
  messageMs: number;
  endedMs: number | null;
  unfinished: boolean;
  /** An append failed: its writer has to read the session before it may go on. */
  refused: boolean;
}

/** An empty store. Answers come a microtask later, as a database's would. */
export function createMemoryStore(): Store & CallArchive {
  const sessions = new Map<string, KeptSession>();
  const desk = deskInMemory((sessionId) => sessions.has(sessionId));
  const bridge = bridgeInMemory((sessionId) => sessions.has(sessionId));
  const calls = callsInMemory();
  return {
    ...sessionsIn(sessions),
    ...connectorsInMemory(),
    ...calls,
    desk,
    deskUsers: deskUsersInMemory(),
    bridge: bridge.bridge,
    deliveries: bridge.deliveries,
    async findShared({ account, project, sharedId }) {
      const settings = [...sessions.values()]
        .filter(({ info }) => info.account === account && info.project === project)
        .flatMap(({ info, entries }) => entries.map((entry) => ({ id: info.id, entry })))
        .filter(({ entry }) => sharedIdIn(entry) === sharedId);
      return settings.sort((one, other) => one.entry.atMs - other.entry.atMs).at(-1)?.id;
    },
    async purge({ endedBeforeMs }) {
      calls.forgetCalls(endedBeforeMs);
      const old = [...sessions.values()].filter(({ endedMs }) => endedMs !== null && endedMs < endedBeforeMs);
      for (const { info } of old) {
        sessions.delete(info.id);
        desk.forget(info.id);
        bridge.forget(info.id);
      }
      return old.length;
    },
    async close() {},
  };
}

function sessionsIn(sessions: Map<string, KeptSession>): SessionStore {
  return {
    async create(info, entries) {
      if (sessions.has(info.id) || !followsOn(0, entries)) throw conflict(info.id);
      sessions.set(info.id, {
        info: structuredClone(info),
        entries: structuredClone([...entries]),
        activeMs: info.createdMs,
        messageMs: info.createdMs,
        endedMs: null,
        unfinished: false,
        context: null,
        refused: false,
      });
    },
    append(sessionId, { entries, marks }, done) {
      const session = sessions.get(sessionId);
      if (!session || session.refused || !followsOn(session.entries.length, entries)) {
        if (session) session.refused = true;
        queueMicrotask(() => done(conflict(sessionId)));
        return;
      }
      session.entries.push(...structuredClone(entries));
      if (marks) mark(session, marks);
      queueMicrotask(() => done());
    },
    async load(sessionId) {
      const session = sessions.get(sessionId);
      if (!session) return undefined;
      session.refused = false;
      const { info, activeMs, entries, context } = session;
      return structuredClone({ info, activeMs, entries, context });
    },
    async replay(sessionId, { after, limit }) {
      const entries = sessions.get(sessionId)?.entries ?? [];
      return entries
        .filter(({ sequence }) => sequence !== null && sequence > after)
        .slice(0, limit)
        .map(({ text }) => text);
    },
    note(sessionId, { activeMs, context }) {
      const session = sessions.get(sessionId);
      if (!session || session.endedMs !== null) return;
      if (activeMs !== undefined) session.activeMs = activeMs;
      if (context !== undefined) session.context = context;
    },
    async due({ activeBeforeMs, messageBeforeMs, unfinished, after, limit }) {
      const isDue = (session: KeptSession) =>
        session.activeMs < activeBeforeMs || session.messageMs < messageBeforeMs || (unfinished && session.unfinished);
      const inOrder = [...sessions.values()];
      return inOrder
        .slice(inOrder.findIndex(({ info }) => info.id === after) + 1)
        .filter((session) => session.endedMs === null && isDue(session))
        .slice(0, limit)
        .map(({ info }) => info.id);
    },
  };
}

function followsOn(lastPosition: number, entries: readonly StoredEntry[]): boolean {
  return entries.every(({ position }, index) => position === lastPosition + 1 + index);
}

function mark(session: KeptSession, { unfinished, messageMs, endedMs }: SessionMarks): void {
  if (unfinished !== undefined) session.unfinished = unfinished;
  if (messageMs !== undefined) session.messageMs = messageMs;
  if (endedMs !== undefined) {
    session.endedMs = endedMs;
    session.context = null;
  }
}

function conflict(sessionId: string): StoreError {
  return new StoreError('conflict', `session ${sessionId}: the entries don't follow on those stored`);
}

function connectorsInMemory(): ConnectorStore {
  const connectors = new Map<string, Connector>();
  const holder = (sha256: string): Connector | undefined =>
    [...connectors.values()].find((connector) => connectorHashes(connector).includes(sha256));
  return {
    async find(by) {
      return structuredClone('id' in by ? connectors.get(by.id) : holder(by.tokenSha256));
    },
    async list() {
      return structuredClone([...connectors.values()].sort((one, other) => (one.id < other.id ? -1 : 1)));
    },
    async save(connector) {
      const { id } = connector;
      for (const sha256 of connectorHashes(connector)) {
        if ((holder(sha256)?.id ?? id) === id) continue;
        throw new StoreError('conflict', `connector ${id}: a token or key belongs to another connector`);
      }
      connectors.set(id, structuredClone(connectorRecord(connector)));
    },
    async remove(id) {
      return connectors.delete(id);
    },
  };
}
