// What every store must do for the desk, as a suite that runs over each of them.
import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseRecord, NoteRecord } from '../../handoff/index.ts';
import type { DeskUser } from '../../identity/index.ts';
import type { Store } from '../store.ts';
import { entriesAt, sessionInfo } from './sample-sessions.ts';

function record(id: string, changes: Partial<CaseRecord> = {}): CaseRecord {
  return {
    id,
    sessionId: 's1',
    queueId: 'general',
    openedMs: 1,
    priority: 0,
    atHead: false,
    placeMs: 1,
    people: [],
    reads: {},
    firstPosition: 1,
    joinedMs: null,
    repliedMs: null,
    closedMs: null,
    ...changes,
  };
}

function note(id: string, changes: Partial<NoteRecord> = {}): NoteRecord {
  return { id, sessionId: 's1', by: { id: 'grace', name: 'Grace' }, atMs: 1, text: `note ${id}`, ...changes };
}

function user(id: string, changes: Partial<DeskUser> = {}): DeskUser {
  return { id, name: id, role: 'agent', queueIds: ['general'], capacity: 2, passwordHash: 'hash', ...changes };
}

/** Runs the suite; `current` gives the empty store of the test. */
export function describeDesk(current: () => Store): void {
  describe('keeping the desk', () => describeKeeping(current));
}

function describeKeeping(current: () => Store): void {
  let store: Store;
  beforeEach(async () => {
    store = current();
    for (const id of ['s1', 's2']) await store.create(sessionInfo(id), entriesAt(1));
  });

  describe('its cases', () => {
    it('tells those that are open, as they were saved last', async () => {
      await store.desk.saveCase(record('c1'));
      await store.desk.saveCase(record('c2', { sessionId: 's2', closedMs: 9 }));
      const changed = record('c1', { queueId: 'vip', people: [{ id: 'grace', name: 'Grace' }], reads: { grace: 3 } });
      await store.desk.saveCase(changed);
      expect(await store.desk.openCases()).toEqual([changed]);
    });

    it('tells the last that people joined in a queue, the newest first', async () => {
      const joined = [3, 1, 2].map((joinedMs) => record(`c${joinedMs}`, { joinedMs, closedMs: joinedMs + 5 }));
      for (const each of joined) await store.desk.saveCase(each);
      await store.desk.saveCase(record('waits'));
      await store.desk.saveCase(record('elsewhere', { queueId: 'vip', joinedMs: 4 }));
      const told = await store.desk.joinedCases({ queueId: 'general', limit: 2 });
      expect(told.map(({ id }) => id)).toEqual(['c3', 'c2']);
    });

    it('keeps nothing for a session that is not there', async () => {
      await store.desk.saveCase(record('c1', { sessionId: 'nobody' }));
      expect(await store.desk.openCases()).toEqual([]);
    });
  });

  describe('its notes', () => {
    it('tells those of a session, the oldest first, and keeps each once', async () => {
      await store.desk.addNote(note('n2', { atMs: 2 }));
      expect(await store.desk.addNote(note('n1'))).toEqual(note('n1'));
      expect(await store.desk.addNote(note('n1', { text: 'again', atMs: 7 }))).toEqual(note('n1'));
      await store.desk.addNote(note('n3', { sessionId: 's2' }));
      expect(await store.desk.notesOf('s1')).toEqual([note('n1'), note('n2', { atMs: 2 })]);
    });

    it('refuses a note on a session that is not there', async () => {
      const adding = store.desk.addNote(note('n1', { sessionId: 'nobody' }));
      await expect(adding).rejects.toMatchObject({ code: 'conflict' });
    });

    it('forgets notes and cases with their session', async () => {
      await store.desk.addNote(note('n1'));
      await store.desk.saveCase(record('c1'));
      store.append('s1', { entries: entriesAt(2), marks: { endedMs: 5 } }, () => {});
      expect(await store.purge({ endedBeforeMs: 6 })).toBe(1);
      expect(await store.desk.notesOf('s1')).toEqual([]);
      expect(await store.desk.openCases()).toEqual([]);
    });
  });

  describe('its people', () => {
    const signIn = { tokenSha256: 't1', userId: 'grace', createdMs: 10, expiresMs: 100 };

    it('lists them by id, as they were saved last', async () => {
      for (const id of ['noor', 'grace']) await store.deskUsers.save(user(id));
      const changed = user('noor', { role: 'supervisor', queueIds: null, avatarUrl: 'https://parley.test/n.png' });
      await store.deskUsers.save(changed);
      expect(await store.deskUsers.list()).toEqual([user('grace'), changed]);
    });

    it('removes somebody with all their sign-ins', async () => {
      await store.deskUsers.save(user('grace'));
      await store.deskUsers.saveSignIn(signIn);
      expect(await store.deskUsers.remove('grace')).toBe(true);
      expect(await store.deskUsers.remove('grace')).toBe(false);
      expect(await store.deskUsers.findSignIn('t1')).toBeUndefined();
    });

    it('finds a sign-in until it is removed', async () => {
      await store.deskUsers.saveSignIn(signIn);
      expect(await store.deskUsers.findSignIn('t1')).toEqual(signIn);
      await store.deskUsers.removeSignIn('t1');
      expect(await store.deskUsers.findSignIn('t1')).toBeUndefined();
    });

    it('forgets what had expired when somebody signs in', async () => {
      await store.deskUsers.saveSignIn(signIn);
      await store.deskUsers.saveSignIn({ ...signIn, tokenSha256: 't2', createdMs: 99, expiresMs: 200 });
      expect(await store.deskUsers.findSignIn('t1')).toBeDefined();
      await store.deskUsers.saveSignIn({ ...signIn, tokenSha256: 't3', createdMs: 100, expiresMs: 200 });
      expect(await store.deskUsers.findSignIn('t1')).toBeUndefined();
      expect(await store.deskUsers.findSignIn('t2')).toBeDefined();
    });
  });
}
