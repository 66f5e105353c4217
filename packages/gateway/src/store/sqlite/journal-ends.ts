// Where the journals of the sessions in use end, so that an append needs no question to the database.
import type { Database } from 'better-sqlite3';

/** How many sessions are remembered before all are forgotten: a few megabytes. */
const REMEMBERED = 20_000;

/** The end of one journal. */
export interface JournalEnd {
  /** The session's short key. Keys are never given again, so one that outlives its session finds nothing. */
  key: number;
  lastPosition: number;
}

/** The ends of journals, as known to the one thread that writes them. */
export class JournalEnds {
  readonly #ends = new Map<string, JournalEnd>();
  readonly #refused = new Set<string>();
  readonly #query;

  constructor(database: Database) {
    this.#query = database.prepare<[string], JournalEnd>(`
      SELECT session_key AS key,
        (SELECT coalesce(max(position), 0) FROM journal WHERE journal.session_key = sessions.session_key) AS lastPosition
      FROM sessions WHERE id = ?`);
  }

  /** The end of a journal, for the appender to move on. Undefined when there is no such session, or it is refused. */
  find(sessionId: string): JournalEnd | undefined {
    const known = this.#ends.get(sessionId);
    if (known || this.#refused.has(sessionId)) return known;
    const end = this.#query.get(sessionId);
    if (end) this.set(sessionId, end);
    return end;
  }

  /** Remembers the end of a new journal. */
  set(sessionId: string, end: JournalEnd): void {
    if (this.#ends.size >= REMEMBERED) this.#ends.clear();
    this.#ends.set(sessionId, end);
  }

  /** An append failed, so its writer is wrong about the journal: it gets no further until it has read it again. */
  refuse(sessionId: string): void {
    this.#ends.delete(sessionId);
    this.#refused.add(sessionId);
  }

  /** The writer reads the journal, or begins one. What is remembered of it is looked up again, too. */
  readmit(sessionId: string): void {
    this.#ends.delete(sessionId);
    this.#refused.delete(sessionId);
  }
}
