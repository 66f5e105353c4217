// The store in memory: for tests and tools. It keeps the same promises as the databases but one, that of durability.
import type { Connector, ConnectorStore } from '../identity/index.ts';
import type { SessionInfo, SessionMarks, SessionStore, StoredEntry } from '../messaging/index.ts';
import { connectorHashes } from './connector-hashes.ts';

interface KeptSession {
  info: SessionInfo;
  entries: StoredEntry[];
  activeMs: number;
  messageMs: number;
  endedMs: number | null;
  unfinished: boolean;
  context: string | null;
}

/** An empty store that lives as long as the object. Answers come a microtask later, as a database's would. */
export function createMemoryStore(): SessionStore & ConnectorStore {
  return { ...memorySessions(), ...memoryConnectors() };
}

function memorySessions(): SessionStore {
  const sessions = new Map<string, KeptSession>();
  return {
    async create(info, entries) {
      if (sessions.has(info.id)) throw new Error(`session ${info.id} exists already`);
      if (!followsOn(0, entries)) throw new Error(`session ${info.id}: its first entries are not positions 1 and up`);
      sessions.set(info.id, {
        info: structuredClone(info),
        entries: structuredClone([...entries]),
        activeMs: info.createdMs,
        messageMs: info.createdMs,
        endedMs: null,
        unfinished: false,
        context: null,
      });
    },
    append(sessionId, { entries, marks }, done) {
      const session = sessions.get(sessionId);
      if (!session || !followsOn(session.entries.length, entries)) {
        queueMicrotask(() => done(new Error(`session ${sessionId}: the entries do not follow on those stored`)));
        return;
      }
      session.entries.push(...structuredClone(entries));
      if (marks) applyMarks(session, marks);
      queueMicrotask(() => done());
    },
    async load(sessionId) {
      const session = sessions.get(sessionId);
      if (!session) return undefined;
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
    async due({ activeBeforeMs, messageBeforeMs, unfinished, limit }) {
      return [...sessions.values()]
        .filter((session) => session.endedMs === null)
        .filter(
          (session) =>
            session.activeMs < activeBeforeMs ||
            session.messageMs < messageBeforeMs ||
            (unfinished && session.unfinished),
        )
        .slice(0, limit)
        .map(({ info }) => info.id);
    },
  };
}

function followsOn(last: number, entries: readonly StoredEntry[]): boolean {
  return entries.every(({ position }, index) => position === last + 1 + index);
}

function applyMarks(session: KeptSession, marks: SessionMarks): void {
  if (marks.unfinished !== undefined) session.unfinished = marks.unfinished;
  if (marks.messageMs !== undefined) session.messageMs = marks.messageMs;
  if (marks.endedMs !== undefined) {
    session.endedMs = marks.endedMs;
    session.context = null;
  }
}

function memoryConnectors(): ConnectorStore {
  const connectors = new Map<string, Connector>();
  const holderOf = (sha256: string): Connector | undefined =>
    [...connectors.values()].find((connector) => connectorHashes(connector).includes(sha256));
  return {
    async find(by) {
      return structuredClone('id' in by ? connectors.get(by.id) : holderOf(by.tokenSha256));
    },
    async list() {
      return structuredClone([...connectors.values()].sort((one, other) => (one.id < other.id ? -1 : 1)));
    },
    async save(connector) {
      const taken = connectorHashes(connector)
        .map(holderOf)
        .find((holder) => holder && holder.id !== connector.id);
      if (taken) throw new Error(`connector ${connector.id}: a token or key belongs to connector ${taken.id}`);
      connectors.set(connector.id, structuredClone(connector));
    },
    async remove(id) {
      return connectors.delete(id);
    },
  };
}
