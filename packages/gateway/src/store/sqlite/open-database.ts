// Opens the file as every part of this adapter wants it.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

/** Another process (the command line) may hold the database for a moment; after this long a write fails. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the database for writing and migrates it. Creates the file and its folder. `:memory:` is a database of its own. */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  // A commit is on the disk when it returns, not just handed to the operating system.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  try {
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}
