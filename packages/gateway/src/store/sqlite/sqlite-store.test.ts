import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog, type LogFields } from '../../kit/index.ts';
import { callRecord, describeCalls } from '../test/call-contract.ts';
import { appended, entriesAt, sessionInfo } from '../test/sample-sessions.ts';
import { describeStore } from '../test/store-contract.ts';
import { openSqliteArchive } from './sqlite-archive.ts';
import { openSqliteStore } from './sqlite-store.ts';

describeStore('on SQLite', () => openSqliteStore({ file: ':memory:', log: silentLog }));

describeCalls('on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-calls-'));
  const file = join(folder, 'parley.db');
  const store = await openSqliteStore({ file, log: silentLog });
  const archive = openSqliteArchive(file);
  return {
    store,
    archive,
    async close() {
      archive.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('a store on SQLite', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the file and its folder, and finds everything again after closing', async () => {
    const file = join(folder, 'some', 'data', 'parley.db');
    const first = await openSqliteStore({ file, log: silentLog });
    await first.create(sessionInfo('s1'), entriesAt(1));
    await first.close();

    const second = await openSqliteStore({ file, log: silentLog });
    expect(await second.load('s1')).toMatchObject({ info: sessionInfo('s1'), entries: entriesAt(1) });
    await appended(second, 's1', { entries: entriesAt(2) });
    await second.close();
  });

  it('writes everything it was given before it closes, and closes once', async () => {
    const file = join(folder, 'parley.db');
    const store = await openSqliteStore({ file, log: silentLog });
    const created = store.create(sessionInfo('s1'), entriesAt(1));
    const append = appended(store, 's1', { entries: entriesAt(2) });
    store.note('s1', { activeMs: 9_000 });
    const closed = store.close();
    expect(store.close()).toBe(closed);
    await Promise.all([created, append, closed]);

    const again = await openSqliteStore({ file, log: silentLog });
    expect(await again.load('s1')).toMatchObject({ activeMs: 9_000, entries: entriesAt(1, 2) });
    await again.close();
  });

  it('refuses everything once it is closed', async () => {
    const store = await openSqliteStore({ file: ':memory:', log: silentLog });
    await store.close();
    const unusable = { code: 'unusable', message: 'the store is closed' };
    await expect(store.create(sessionInfo('s1'), entriesAt(1))).rejects.toMatchObject(unusable);
    await expect(appended(store, 's1', { entries: entriesAt(1) })).rejects.toMatchObject(unusable);
    await expect(store.load('s1')).rejects.toMatchObject(unusable);
    await expect(store.purge({ endedBeforeMs: 0 })).rejects.toMatchObject(unusable);
    store.note('s1', { activeMs: 1 });
  });

  it('logs that the record of a call was not stored, and throws nothing', async () => {
    const logged = new Promise<LogFields>((resolve) => {
      const log = { ...silentLog, error: resolve };
      void openSqliteStore({ file: ':memory:', log }).then(async (store) => {
        await store.close();
        store.saveCall(callRecord('c1'));
      });
    });
    expect(await logged).toMatchObject({ callId: 'c1', err: { code: 'unusable' } });
  });

  it('commits to the disk itself, in a write-ahead log', async () => {
    const file = join(folder, 'parley.db');
    const store = await openSqliteStore({ file, log: silentLog });
    const database = new SqliteDatabase(file, { readonly: true });
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
    await store.close();
  });

  it('will not open a database of a newer version', async () => {
    const file = join(folder, 'parley.db');
    const store = await openSqliteStore({ file, log: silentLog });
    await store.close();
    const database = new SqliteDatabase(file);
    database.prepare("INSERT INTO migrations (number, name) VALUES (1000, 'from the future')").run();
    database.close();
    await expect(openSqliteStore({ file, log: silentLog })).rejects.toMatchObject({
      code: 'version',
      message: expect.stringContaining('version 1000'),
    });
  });

  it('says why a file cannot be opened', async () => {
    await expect(openSqliteStore({ file: folder, log: silentLog })).rejects.toMatchObject({ code: 'failed' });
  });

  it('sees connectors that another process writes', async () => {
    const file = join(folder, 'parley.db');
    const server = await openSqliteStore({ file, log: silentLog });
    const commandLine = await openSqliteStore({ file, log: silentLog });
    const connector = { id: 'c1', tokens: ['token'], webrtcTokens: [], apiKeys: [], account: '', project: '' };
    expect(await server.find({ tokenSha256: 'token' })).toBeUndefined();
    await commandLine.save({ ...connector, hosts: [], checkOrigin: true, agent: 'demo', maxConcurrentCalls: 1 });
    expect(await server.find({ tokenSha256: 'token' })).toMatchObject({ id: 'c1' });
    await commandLine.remove('c1');
    expect(await server.find({ tokenSha256: 'token' })).toBeUndefined();
    await commandLine.close();
    await server.close();
  });

  it('refuses the writer that comes second, when two processes write one session', async () => {
    const file = join(folder, 'parley.db');
    const one = await openSqliteStore({ file, log: silentLog });
    const other = await openSqliteStore({ file, log: silentLog });
    await one.create(sessionInfo('s1'), entriesAt(1));
    await appended(other, 's1', { entries: entriesAt(2) });
    await expect(appended(one, 's1', { entries: entriesAt(2) })).rejects.toMatchObject({ code: 'conflict' });
    await expect(appended(one, 's1', { entries: entriesAt(3) })).rejects.toMatchObject({ code: 'conflict' });
    expect((await one.load('s1'))?.entries).toEqual(entriesAt(1, 2));
    await appended(one, 's1', { entries: entriesAt(3) });
    await one.close();
    await other.close();
  });
});
