// Reading sessions from outside the server: lists and transcripts for the command line.
import type { SessionInfo, StoredEntry } from '../messaging/index.ts';

/** A session as a list shows it. */
export interface SessionSummary {
  info: SessionInfo;
  /** Null while it goes on. */
  endedMs: number | null;
  /** How many journal entries there are, private facts included. */
  entryCount: number;
}

/** A session with its whole journal. */
export interface ArchivedSession {
  info: SessionInfo;
  endedMs: number | null;
  entries: StoredEntry[];
}

/** What to list. What isn't given doesn't matter. */
export interface ArchiveQuery {
  connectorId?: string | undefined;
  /** Created at this moment or later. */
  sinceMs?: number | undefined;
  /** Created before this moment. */
  untilMs?: number | undefined;
  /** True: over; false: going on. */
  ended?: boolean | undefined;
  /** The last session of the page before this one. */
  after?: { id: string; createdMs: number } | undefined;
  limit: number;
}

/** Reads sessions. */
export interface SessionArchive {
  /** The newest first. */
  list(query: ArchiveQuery): SessionSummary[];
  /** Undefined when there is no such session. */
  show(sessionId: string): ArchivedSession | undefined;
}
