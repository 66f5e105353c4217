import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../kit/index.ts';
import type { Archive } from '../archive.ts';
import type { ArchiveQuery } from '../session-archive.ts';
import type { Store } from '../store.ts';
import { appended, entriesAt, sessionInfo } from '../test/sample-sessions.ts';
import { openSqliteArchive } from './sqlite-archive.ts';
import { openSqliteStore } from './sqlite-store.ts';

describe('the archive beside a running server', () => {
  let folder: string;
  let file: string;
  let server: Store;
  let archive: Archive;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-archive-'));
    file = join(folder, 'parley.db');
    server = await openSqliteStore({ file, log: silentLog });
    archive = openSqliteArchive(file);
    await server.create(sessionInfo('a', { createdMs: 1_000 }), entriesAt(1));
    await server.create(sessionInfo('b', { createdMs: 2_000, connectorId: 'app' }), entriesAt(1, 2));
    await server.create(sessionInfo('c', { createdMs: 2_000 }), entriesAt(1, 3));
    await server.create(sessionInfo('d', { createdMs: 3_000 }), entriesAt(1));
    await appended(server, 'c', { entries: entriesAt(4), marks: { endedMs: 8_000 } });
  });
  afterEach(async () => {
    archive.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('lists sessions with their facts, how long they are and whether they ended', () => {
    expect(archive.list({ limit: 2 })).toEqual([
      { info: sessionInfo('d', { createdMs: 3_000 }), endedMs: null, entryCount: 1 },
      { info: sessionInfo('c', { createdMs: 2_000 }), endedMs: 8_000, entryCount: 4 },
    ]);
  });

  it.each<[string, Omit<ArchiveQuery, 'limit'>, string]>([
    ['everything, the newest first', {}, 'd c b a'],
    ['those of a connector', { connectorId: 'app' }, 'b'],
    ['those created since', { sinceMs: 2_000 }, 'd c b'],
    ['those created before', { untilMs: 2_000 }, 'a'],
    ['those that ended', { ended: true }, 'c'],
    ['those that go on', { ended: false }, 'd b a'],
    ['what follows on a page before', { after: { id: 'c', createdMs: 2_000 } }, 'b a'],
    ['what meets every condition', { connectorId: 'site', sinceMs: 1_000, untilMs: 3_000, ended: false }, 'a'],
  ])('lists %s', (_, query, expected) => {
    const ids = archive.list({ ...query, limit: 10 }).map(({ info }) => info.id);
    expect(ids.join(' ')).toBe(expected);
  });

  it('shows a session with its journal, and sees what the server writes meanwhile', async () => {
    expect(archive.show('c')).toEqual({
      info: sessionInfo('c', { createdMs: 2_000 }),
      endedMs: 8_000,
      entries: entriesAt(1, 4),
    });
    expect(archive.show('a')).toMatchObject({ endedMs: null, entries: entriesAt(1) });
    await appended(server, 'a', { entries: entriesAt(2) });
    expect(archive.show('a')).toMatchObject({ entries: entriesAt(1, 2) });
    expect(archive.show('nobody')).toBeUndefined();
  });

  it('says so when there is no database, or one that another version wrote', () => {
    const missing = join(folder, 'missing.db');
    expect(() => openSqliteArchive(missing)).toThrow(`there is no database at ${missing}`);
    const older = join(folder, 'older.db');
    const database = new SqliteDatabase(older);
    database.exec('CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    database.close();
    expect(() => openSqliteArchive(older)).toThrow(expect.objectContaining({ code: 'version' }));
  });
});
