// Keeps the desk's cases and notes. Both go with their session.
import type { Database } from 'better-sqlite3';
import type { CaseRecord, DeskStore, NoteRecord } from '../../handoff/index.ts';
import { StoreError } from '../store-error.ts';

/** The port of the desk, answered at once. */
export interface DeskRecords {
  openCases(): CaseRecord[];
  saveCase(record: CaseRecord): void;
  joinedCases(...query: Parameters<DeskStore['joinedCases']>): CaseRecord[];
  addNote(note: NoteRecord): NoteRecord;
  notesOf(sessionId: string): NoteRecord[];
}

/** Prepares the statements. */
export function createDeskRecords(database: Database): DeskRecords {
  const open = database.prepare<[], string>('SELECT record FROM desk_cases WHERE closed_ms IS NULL').pluck();
  const joined = database
    .prepare<{ queueId: string; limit: number }, string>(
      'SELECT record FROM desk_cases WHERE queue_id = :queueId AND joined_ms IS NOT NULL ORDER BY joined_ms DESC LIMIT :limit',
    )
    .pluck();
  const upsertCase = database.prepare(`
    INSERT INTO desk_cases (id, session_key, queue_id, joined_ms, closed_ms, record)
    SELECT :id, session_key, :queueId, :joinedMs, :closedMs, :record FROM sessions WHERE sessions.id = :sessionId
    ON CONFLICT (id) DO UPDATE SET queue_id = excluded.queue_id, joined_ms = excluded.joined_ms,
      closed_ms = excluded.closed_ms, record = excluded.record`);
  const insertNote = database.prepare(`
    INSERT INTO desk_notes (id, session_key, at_ms, record)
    SELECT :id, session_key, :atMs, :record FROM sessions WHERE sessions.id = :sessionId
    ON CONFLICT (id) DO NOTHING`);
  const note = database.prepare<[string], string>('SELECT record FROM desk_notes WHERE id = ?').pluck();
  const notes = database
    .prepare<[string], string>(
      `SELECT record FROM desk_notes WHERE session_key = (SELECT session_key FROM sessions WHERE id = ?)
      ORDER BY at_ms, rowid`,
    )
    .pluck();

  return {
    openCases: () => open.all().map((text) => JSON.parse(text) as CaseRecord),
    saveCase(record) {
      const { id, sessionId, queueId, joinedMs, closedMs } = record;
      upsertCase.run({ id, sessionId, queueId, joinedMs, closedMs, record: JSON.stringify(record) });
    },
    joinedCases: (query) => joined.all(query).map((text) => JSON.parse(text) as CaseRecord),
    addNote(added) {
      const { id, sessionId, atMs } = added;
      insertNote.run({ id, sessionId, atMs, record: JSON.stringify(added) });
      const kept = note.get(id);
      if (kept === undefined) throw new StoreError('conflict', `session ${sessionId} is gone, and its notes with it`);
      return JSON.parse(kept) as NoteRecord;
    },
    notesOf: (sessionId) => notes.all(sessionId).map((text) => JSON.parse(text) as NoteRecord),
  };
}
