// Where sessions are kept. The room needs an ordered, durable log per session and a little beside it.
import type { SessionInfo } from '../session/session-info.ts';

/** A journal entry as it is stored: `text` is the wire frame of a public event, or the JSON of a fact. */
export interface StoredEntry {
  position: number;
  /** Null for private facts. */
  sequence: number | null;
  atMs: number;
  text: string;
}

/** A session as it was found in the store. */
export interface StoredSession {
  info: SessionInfo;
  /** When a client was last heard of, as far as it was written down. */
  activeMs: number;
  entries: StoredEntry[];
  /** Verified context (a JSON object), which lives beside the journal and dies with the session. */
  context: string | null;
}

/** What an append says about the session besides its entries, for finding sessions without reading them. */
export interface SessionMarks {
  /** A turn is open or waiting: after a crash the session must be looked at without being asked for. */
  unfinished?: boolean;
  /** When the last message (of anybody) was written. */
  messageMs?: number;
  endedMs?: number;
}

/** Durable storage of sessions. Writes of one session become durable in the order they were given. */
export interface SessionStore {
  /** Stores a new session with its first entries. Resolves when durable; rejects when it couldn't be stored. */
  create(info: SessionInfo, entries: readonly StoredEntry[]): Promise<void>;
  /**
   * Appends entries; `done` is called once, when they are durable or with the error that kept them from it.
   * A position that exists already is an error: another writer was here, and nothing of the call is stored.
   */
  append(
    sessionId: string,
    append: { entries: readonly StoredEntry[]; marks?: SessionMarks },
    done: (error?: Error) => void,
  ): void;
  /** Reads a whole session; undefined when there is none. */
  load(sessionId: string): Promise<StoredSession | undefined>;
  /** Reads the wire texts of public entries after a sequence, ascending, at most `limit` of them. */
  replay(sessionId: string, from: { after: number; limit: number }): Promise<string[]>;
  /** Notes when clients were last heard of, and replaces verified contexts (null: forget). Grouped, not awaited. */
  note(sessionId: string, note: { activeMs?: number; context?: string | null }): void;
  /**
   * Sessions that need attention: not ended, and silent or without a message for too long, or left unfinished. In the
   * order of their creation, from the one after the session `after` on (null: from the first).
   */
  due(query: {
    activeBeforeMs: number;
    messageBeforeMs: number;
    unfinished: boolean;
    after: string | null;
    limit: number;
  }): Promise<string[]>;
}
