import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entriesAt, sessionInfo } from '../test/sample-sessions.ts';
import { JournalEnds } from './journal-ends.ts';
import { openDatabase } from './open-database.ts';
import { createPurgeStep } from './purge-step.ts';
import { createGroupWriter } from './session-writer.ts';
import { addAppend, emptyGroup } from './write-group.ts';

describe('a step of purging', () => {
  let database: Database;
  beforeEach(() => {
    database = openDatabase(':memory:');
  });
  afterEach(() => database.close());

  function store(lengths: number[]): void {
    const group = emptyGroup();
    for (const [index, length] of lengths.entries()) {
      const id = `s${index}`;
      addAppend(group, {
        sessionId: id,
        info: sessionInfo(id),
        entries: entriesAt(1, length),
        marks: { endedMs: index },
      });
    }
    createGroupWriter(database, new JournalEnds(database))(group);
  }

  const left = () => database.prepare('SELECT count(*) FROM journal').pluck().get();

  it('deletes no more than 500 entries, the oldest sessions first', () => {
    store([200, 200, 200, 10]);
    const purge = createPurgeStep(database);
    expect(purge({ endedBeforeMs: 3 })).toEqual({ removed: 2, more: true });
    expect(left()).toBe(110);
    expect(purge({ endedBeforeMs: 3 })).toEqual({ removed: 1, more: false });
    expect(left()).toBe(10);
  });

  it('leaves the rest of a long session to the next steps', () => {
    store([1_200]);
    const purge = createPurgeStep(database);
    expect(purge({ endedBeforeMs: 9 })).toEqual({ removed: 0, more: true });
    expect(left()).toBe(700);
    expect(purge({ endedBeforeMs: 9 })).toEqual({ removed: 0, more: true });
    expect(purge({ endedBeforeMs: 9 })).toEqual({ removed: 1, more: false });
    expect(left()).toBe(0);
  });
});
