// Deletes old sessions a little at a time, so that appends get their turn in between.
import type { Database } from 'better-sqlite3';

/** What a step did. */
export interface PurgeStep {
  /** Sessions that are gone altogether. */
  removed: number;
  /** There is more to delete. */
  more: boolean;
}

/** Journal entries deleted per step: some milliseconds. */
const STEP_ENTRIES = 500;

/** Prepares the step. A session longer than a step loses its journal from the end, and itself with the last part. */
export function createPurgeStep(database: Database): (query: { endedBeforeMs: number }) => PurgeStep {
  const oldest = database.prepare<[number], { key: number; length: number }>(`
    SELECT session_key AS key,
      (SELECT count(*) FROM journal WHERE journal.session_key = sessions.session_key) AS length
    FROM sessions WHERE ended_ms < ? ORDER BY ended_ms LIMIT 1`);
  const deleteEntries = database.prepare('DELETE FROM journal WHERE session_key = ? AND position > ?');
  const deleteSession = database.prepare('DELETE FROM sessions WHERE session_key = ?');

  const step = database.transaction((endedBeforeMs: number): PurgeStep => {
    let removed = 0;
    let left = STEP_ENTRIES;
    while (left > 0) {
      const session = oldest.get(endedBeforeMs);
      if (!session) return { removed, more: false };
      const kept = Math.max(0, session.length - left);
      deleteEntries.run(session.key, kept);
      left -= Math.max(1, session.length - kept);
      if (kept > 0) break;
      deleteSession.run(session.key);
      removed += 1;
    }
    return { removed, more: true };
  });
  return ({ endedBeforeMs }) => step.immediate(endedBeforeMs);
}
