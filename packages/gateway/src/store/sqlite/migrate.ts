// Brings a database to the shape this version works with.
import type { Database } from 'better-sqlite3';
import { StoreError } from '../store-error.ts';
import type { Migration } from './migrations.ts';

/** Applies the steps that are missing, each in a transaction of its own. Throws `version` for a newer one. */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)');
  for (const { number, name, sql } of migrations) {
    const apply = database.transaction(() => {
      // Asked inside the transaction: another process may be starting on the same database.
      if (schemaVersion(database, migrations) >= number) return;
      database.exec(sql);
      database.prepare('INSERT INTO migrations (number, name) VALUES (?, ?)').run(number, name);
    });
    apply.immediate();
  }
}

/** The number of the last step applied; 0 for an empty database. Throws `version` when it is not known here. */
export function schemaVersion(database: Database, migrations: readonly Migration[]): number {
  const known = migrations.at(-1)?.number ?? 0;
  const row = database.prepare<[], { number: number | null }>('SELECT max(number) AS number FROM migrations').get();
  const number = row?.number ?? 0;
  if (number > known) {
    throw new StoreError('version', `the database is of version ${number}, this Parley knows versions up to ${known}`);
  }
  return number;
}
