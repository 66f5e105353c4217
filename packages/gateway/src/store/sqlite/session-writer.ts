// Writes groups of appends, each group in one transaction. The hottest loop of the database thread.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { SessionInfo } from '../../messaging/index.ts';
import { sharedIdIn } from '../shared-id.ts';
import type { JournalEnd, JournalEnds } from './journal-ends.ts';
import type { SessionNote, WriteGroup } from './write-group.ts';

/**
 * Writes a group. Returns the indexes of the appends that don't follow on what is stored: they left nothing behind, all
 * others are durable. Throws when the transaction came to nothing: then nothing of the group is stored.
 */
export type GroupWriter = (group: WriteGroup) => number[];

/** The rows of one append within a group's columns. */
interface Rows {
  first: number;
  end: number;
}

/** Prepares a writer. A session that an append failed for is refused in `ends` until somebody readmits it. */
export function createGroupWriter(database: Database, ends: JournalEnds): GroupWriter {
  const create = prepareCreate(database);
  const insert = prepareInsert(database);
  const mark = prepareMark(database);
  const note = prepareNote(database);

  const transaction = database.transaction((group: WriteGroup): number[] => {
    const failed: number[] = [];
    let first = 0;
    for (const [index, sessionId] of group.sessionIds.entries()) {
      const rows = { first, end: first + (group.sizes[index] ?? 0) };
      const info = group.infos[index];
      if (!(info ? begin(info, group, rows) : append(sessionId, group, rows))) failed.push(index);
      else mark(sessionId, group, index);
      first = rows.end;
    }
    for (const [sessionId, sessionNote] of group.notes) note(sessionId, sessionNote);
    return failed;
  });

  function begin(info: SessionInfo, group: WriteGroup, rows: Rows): boolean {
    const journal = followsOn(0, group, rows) ? create(info) : undefined;
    if (!journal) return false;
    ends.readmit(info.id);
    ends.set(info.id, journal);
    return insert(journal, group, rows);
  }

  function append(sessionId: string, group: WriteGroup, rows: Rows): boolean {
    const journal = ends.find(sessionId);
    if (journal && followsOn(journal.lastPosition, group, rows) && insert(journal, group, rows)) return true;
    ends.refuse(sessionId);
    return false;
  }

  return (group) => {
    try {
      return transaction.immediate(group);
    } catch (error) {
      for (const sessionId of group.sessionIds) ends.refuse(sessionId);
      throw error;
    }
  };
}

function followsOn(lastPosition: number, { positions }: WriteGroup, { first, end }: Rows): boolean {
  for (let row = first; row < end; row++) {
    if (positions[row] !== lastPosition + 1 + row - first) return false;
  }
  return true;
}

function prepareCreate(database: Database): (info: SessionInfo) => JournalEnd | undefined {
  const insert = database.prepare(`
    INSERT INTO sessions (id, connector_id, account, project, created_ms, info, active_ms, message_ms, unfinished)
    VALUES (:id, :connectorId, :account, :project, :createdMs, :info, :createdMs, :createdMs, 0)
    ON CONFLICT DO NOTHING`);
  return (info) => {
    const { id, connectorId, account, project, createdMs } = info;
    const row = { id, connectorId, account, project, createdMs, info: JSON.stringify(info) };
    const { changes, lastInsertRowid } = insert.run(row);
    return changes === 0 ? undefined : { key: Number(lastInsertRowid), lastPosition: 0 };
  };
}

function prepareInsert(database: Database): (journal: JournalEnd, group: WriteGroup, rows: Rows) => boolean {
  const insert = database.prepare(
    'INSERT INTO journal (session_key, position, sequence, at_ms, text) VALUES (?, ?, ?, ?, ?)',
  );
  const share = prepareShare(database);
  return (journal, { positions, sequences, atMs, texts }, { first, end }) => {
    for (let row = first; row < end; row++) {
      try {
        insert.run(journal.key, positions[row], sequences[row], atMs[row], texts[row]);
      } catch (error) {
        // Another process wrote or deleted here. The first row meets it, so there is nothing to take back.
        if (row === first && isConflict(error)) return false;
        throw error;
      }
      if (sequences[row] === null) share(journal, texts[row] ?? '', atMs[row] ?? 0);
    }
    journal.lastPosition += end - first;
    return true;
  };
}

function prepareShare(database: Database): (journal: JournalEnd, factText: string, atMs: number) => void {
  const insert = database.prepare(`
    INSERT INTO shared_ids (shared_id, session_key, at_ms) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms`);
  return (journal, factText, atMs) => {
    const sharedId = sharedIdIn({ sequence: null, text: factText });
    if (sharedId !== undefined) insert.run(sharedId, journal.key, atMs);
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
}

function prepareMark(database: Database): (sessionId: string, group: WriteGroup, index: number) => void {
  const goOn = database.prepare(`
    UPDATE sessions SET unfinished = coalesce(?, unfinished), message_ms = coalesce(?, message_ms)
    WHERE id = ?`);
  const finish = database.prepare('UPDATE sessions SET ended_ms = ?, context = NULL WHERE id = ?');
  return (sessionId, group, index) => {
    const unfinished = group.unfinished[index];
    const messageMs = group.messageMs[index];
    const endedMs = group.endedMs[index];
    if (unfinished !== null || messageMs !== null) goOn.run(unfinished, messageMs, sessionId);
    if (endedMs !== null) finish.run(endedMs, sessionId);
  };
}

function prepareNote(database: Database): (sessionId: string, note: SessionNote) => void {
  const setActive = database.prepare('UPDATE sessions SET active_ms = ? WHERE id = ? AND ended_ms IS NULL');
  const setContext = database.prepare('UPDATE sessions SET context = ? WHERE id = ? AND ended_ms IS NULL');
  return (sessionId, { activeMs, context }) => {
    if (activeMs !== undefined) setActive.run(activeMs, sessionId);
    if (context !== undefined) setContext.run(context, sessionId);
  };
}
