import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entriesAt, sessionInfo } from '../test/sample-sessions.ts';
import { JournalEnds } from './journal-ends.ts';
import { openDatabase } from './open-database.ts';
import { createSessionReader, type SessionReader } from './session-reader.ts';
import { createGroupWriter, type GroupWriter } from './session-writer.ts';
import { addAppend, addNote, emptyGroup, type Append } from './write-group.ts';

function groupOf(...appends: Append[]) {
  const group = emptyGroup();
  for (const append of appends) addAppend(group, append);
  return group;
}

describe('writing a group', () => {
  let database: Database;
  let ends: JournalEnds;
  let write: GroupWriter;
  let reader: SessionReader;

  beforeEach(() => {
    database = openDatabase(':memory:');
    ends = new JournalEnds(database);
    write = createGroupWriter(database, ends);
    reader = createSessionReader(database);
    write(groupOf({ sessionId: 's1', info: sessionInfo('s1'), entries: entriesAt(1) }));
  });
  afterEach(() => database.close());

  /** Allows the database not one page more than it has. */
  function fillDisk(): void {
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true }) as number}`);
  }

  function emptyDisk(): void {
    database.pragma('max_page_count = 1000000');
  }

  it('stores nothing of a group that the disk has no room for', () => {
    const large = entriesAt(2).map((entry) => ({ ...entry, text: 'x'.repeat(100_000) }));
    fillDisk();
    const group = groupOf(
      { sessionId: 's2', info: sessionInfo('s2'), entries: entriesAt(1) },
      { sessionId: 's1', entries: large, marks: { endedMs: 5 } },
    );
    addNote(group, 's1', { activeMs: 9_000 });
    expect(() => write(group)).toThrow('full');
    expect(reader.load('s1')).toMatchObject({ activeMs: 1_000, entries: entriesAt(1) });
    expect(reader.load('s2')).toBeUndefined();
    expect(database.inTransaction).toBe(false);
  });

  it('writes on after a full disk, for those who have read again', () => {
    const large = entriesAt(1).map((entry) => ({ ...entry, text: 'x'.repeat(100_000) }));
    fillDisk();
    const group = groupOf(
      { sessionId: 's1', entries: entriesAt(2) },
      { sessionId: 's2', info: sessionInfo('s2'), entries: large },
    );
    expect(() => write(group)).toThrow('full');
    emptyDisk();
    expect(write(groupOf({ sessionId: 's1', entries: entriesAt(3) }))).toEqual([0]);
    ends.readmit('s1');
    expect(write(groupOf({ sessionId: 's1', entries: entriesAt(2) }))).toEqual([]);
    expect(reader.load('s1')?.entries).toEqual(entriesAt(1, 2));
  });

  it('creates a session again whose first attempt the disk had no room for', () => {
    const large = entriesAt(1).map((entry) => ({ ...entry, text: 'x'.repeat(100_000) }));
    fillDisk();
    expect(() => write(groupOf({ sessionId: 's2', info: sessionInfo('s2'), entries: large }))).toThrow('full');
    emptyDisk();
    expect(write(groupOf({ sessionId: 's2', info: sessionInfo('s2'), entries: entriesAt(1) }))).toEqual([]);
    expect(write(groupOf({ sessionId: 's2', entries: entriesAt(2) }))).toEqual([]);
    expect(reader.load('s2')?.entries).toEqual(entriesAt(1, 2));
  });

  it('does not write into another session after its own was deleted', () => {
    database.exec('DELETE FROM journal; DELETE FROM sessions');
    write(groupOf({ sessionId: 's2', info: sessionInfo('s2'), entries: entriesAt(1) }));
    expect(write(groupOf({ sessionId: 's1', entries: entriesAt(2) }))).toEqual([0]);
    expect(reader.load('s2')?.entries).toEqual(entriesAt(1));
  });

  it('notices a writer of another process at the first entry it wrote', () => {
    expect(write(groupOf({ sessionId: 's1', entries: entriesAt(2) }))).toEqual([]);
    database.exec("INSERT INTO journal SELECT session_key, 3, 3, 0, 'from elsewhere' FROM sessions WHERE id = 's1'");
    expect(write(groupOf({ sessionId: 's1', entries: entriesAt(3, 5) }))).toEqual([0]);
    expect(reader.load('s1')?.entries.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('remembers where journals end for many sessions, and looks up those it forgot', () => {
    const ids = Array.from({ length: 20_001 }, (_, index) => `many${index}`);
    write(groupOf(...ids.map((id) => ({ sessionId: id, info: sessionInfo(id), entries: entriesAt(1) }))));
    expect(
      write(groupOf(...['s1', 'many0', 'many20000'].map((id) => ({ sessionId: id, entries: entriesAt(2) })))),
    ).toEqual([]);
    expect(reader.load('s1')?.entries).toEqual(entriesAt(1, 2));
  });
});
