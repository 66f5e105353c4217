import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations, type Migration } from './migrations.ts';

const one: Migration = { number: 1, name: 'a table', sql: 'CREATE TABLE first (value INTEGER)' };
const two: Migration = { number: 2, name: 'a row', sql: 'INSERT INTO first VALUES (1)' };
const broken: Migration = {
  number: 3,
  name: 'broken',
  sql: 'INSERT INTO first VALUES (2); INSERT INTO nowhere VALUES (1)',
};

describe('migrating', () => {
  let database: Database;
  beforeEach(() => {
    database = new SqliteDatabase(':memory:');
  });
  afterEach(() => database.close());

  const values = () => database.prepare('SELECT value FROM first').pluck().all();

  it('applies the steps in order, each once, and records them', () => {
    migrate(database, [one]);
    migrate(database, [one, two]);
    migrate(database, [one, two]);
    expect(values()).toEqual([1]);
    expect(database.prepare('SELECT * FROM migrations').all()).toEqual([
      { number: 1, name: 'a table' },
      { number: 2, name: 'a row' },
    ]);
    expect(schemaVersion(database, [one, two])).toBe(2);
  });

  it('takes back a step that fails, and keeps those before it', () => {
    expect(() => migrate(database, [one, two, broken])).toThrow('nowhere');
    expect(values()).toEqual([1]);
    expect(schemaVersion(database, [one, two, broken])).toBe(2);
  });

  it('refuses a database of a newer version', () => {
    migrate(database, [one, two]);
    expect(() => migrate(database, [one])).toThrow(
      expect.objectContaining({
        code: 'version',
        message: 'the database is of version 2, this Parley knows versions up to 1',
      }),
    );
  });

  it('has steps that are numbered from 1 without a hole', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });
});
