// The archive on SQLite: a connection of its own that can't write.
import { existsSync } from 'node:fs';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { SessionInfo } from '../../messaging/index.ts';
import type { Archive } from '../archive.ts';
import type { ArchiveQuery, SessionSummary } from '../session-archive.ts';
import { StoreError } from '../store-error.ts';
import { createCallReader } from './call-records.ts';
import { createDeliveryReader } from './delivery-records.ts';
import { schemaVersion } from './migrate.ts';
import { migrations } from './migrations.ts';
import { createSessionReader } from './session-reader.ts';

/** Opens the database at a path. Throws a `StoreError`: `failed` without a database, `version` for a foreign shape. */
export function openSqliteArchive(file: string): Archive {
  if (!existsSync(file)) throw new StoreError('failed', `there is no database at ${file}`);
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    if (schemaVersion(database, migrations) < migrations.length) {
      throw new StoreError('version', 'the database is of an older version; starting the server brings it up to date');
    }
    return archiveOf(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function archiveOf(database: Database): Archive {
  const reader = createSessionReader(database);
  const summaries = prepareSummaries(database);
  const endedMs = database.prepare<[string], number | null>('SELECT ended_ms FROM sessions WHERE id = ?').pluck();
  return {
    list: (query) => summaries(query),
    show: database.transaction((sessionId: string) => {
      const session = reader.load(sessionId);
      if (!session) return undefined;
      const { info, entries } = session;
      return { info, entries, endedMs: endedMs.get(sessionId) ?? null };
    }),
    ...createCallReader(database),
    ...createDeliveryReader(database),
    close: () => void database.close(),
  };
}

function prepareSummaries(database: Database): (query: ArchiveQuery) => SessionSummary[] {
  const select = database.prepare<unknown[], { info: string; endedMs: number | null; entryCount: number }>(`
    SELECT info, ended_ms AS endedMs,
      (SELECT count(*) FROM journal WHERE journal.session_key = sessions.session_key) AS entryCount
    FROM sessions
    WHERE (:connectorId IS NULL OR connector_id = :connectorId)
      AND (:sinceMs IS NULL OR created_ms >= :sinceMs)
      AND (:untilMs IS NULL OR created_ms < :untilMs)
      AND (:ended IS NULL OR :ended = (ended_ms IS NOT NULL))
      AND (:afterId IS NULL OR (created_ms, id) < (:afterMs, :afterId))
    ORDER BY created_ms DESC, id DESC LIMIT :limit`);
  return ({ connectorId, sinceMs, untilMs, ended, after, limit }) => {
    const rows = select.all({
      connectorId: connectorId ?? null,
      sinceMs: sinceMs ?? null,
      untilMs: untilMs ?? null,
      ended: ended === undefined ? null : Number(ended),
      afterId: after?.id ?? null,
      afterMs: after?.createdMs ?? null,
      limit,
    });
    return rows.map(({ info, endedMs, entryCount }) => ({
      info: JSON.parse(info) as SessionInfo,
      endedMs,
      entryCount,
    }));
  };
}
