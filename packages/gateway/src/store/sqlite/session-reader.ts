// Reads sessions.
import type { Database } from 'better-sqlite3';
import type { ConversationIndex } from '../../chat-api/index.ts';
import type { SessionInfo, SessionStore, StoredEntry, StoredSession } from '../../messaging/index.ts';

/** The reading half of the ports, answered at once. */
export interface SessionReader {
  load(sessionId: string): StoredSession | undefined;
  replay(...query: Parameters<SessionStore['replay']>): string[];
  due(...query: Parameters<SessionStore['due']>): string[];
  findShared(...query: Parameters<ConversationIndex['findShared']>): string | undefined;
}

/** Prepares the statements of a reader. */
export function createSessionReader(database: Database): SessionReader {
  const session = database.prepare<[string], { key: number; info: string; activeMs: number; context: string | null }>(
    'SELECT session_key AS key, info, active_ms AS activeMs, context FROM sessions WHERE id = ?',
  );
  const entries = database.prepare<[number], StoredEntry>(
    'SELECT position, sequence, at_ms AS atMs, text FROM journal WHERE session_key = ? ORDER BY position',
  );
  // A sequence is never greater than its position, so what stands at lower positions needn't be looked at.
  const texts = database
    .prepare<{ sessionId: string; after: number; limit: number }, string>(
      `SELECT text FROM journal
      WHERE session_key = (SELECT session_key FROM sessions WHERE id = :sessionId)
        AND position > :after AND sequence > :after
      ORDER BY position LIMIT :limit`,
    )
    .pluck();
  const due = database
    .prepare<
      { activeBeforeMs: number; messageBeforeMs: number; unfinished: number; after: string | null; limit: number },
      string
    >(
      `SELECT id FROM sessions WHERE session_key IN (
        SELECT session_key FROM sessions WHERE ended_ms IS NULL AND active_ms < :activeBeforeMs
        UNION SELECT session_key FROM sessions WHERE ended_ms IS NULL AND message_ms < :messageBeforeMs
        UNION SELECT session_key FROM sessions WHERE ended_ms IS NULL AND unfinished = 1 AND :unfinished = 1
      ) AND session_key > coalesce((SELECT session_key FROM sessions WHERE id = :after), 0)
      ORDER BY session_key LIMIT :limit`,
    )
    .pluck();

  const shared = database
    .prepare<{ account: string; project: string; sharedId: string }, string>(
      `SELECT id FROM shared_ids JOIN sessions USING (session_key)
      WHERE shared_id = :sharedId AND account = :account AND project = :project
      ORDER BY at_ms DESC, session_key DESC LIMIT 1`,
    )
    .pluck();

  return {
    load(sessionId) {
      const row = session.get(sessionId);
      if (!row) return undefined;
      const info = JSON.parse(row.info) as SessionInfo;
      return { info, activeMs: row.activeMs, entries: entries.all(row.key), context: row.context };
    },
    replay: (sessionId, { after, limit }) => texts.all({ sessionId, after, limit }),
    due: (query) => due.all({ ...query, unfinished: query.unfinished ? 1 : 0 }),
    findShared: (by) => shared.get(by),
  };
}
