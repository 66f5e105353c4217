// The desk's part of the store in memory.
import type { CaseRecord, DeskStore, NoteRecord } from '../handoff/index.ts';
import type { DeskSignIn, DeskUser, DeskUserStore } from '../identity/index.ts';
import { StoreError } from './store-error.ts';

/** Cases and notes of the sessions that `has` knows. `forget` lets go of what belongs to one that is gone. */
export function deskInMemory(has: (sessionId: string) => boolean): DeskStore & { forget(sessionId: string): void } {
  const cases = new Map<string, CaseRecord>();
  const notes = new Map<string, NoteRecord>();
  return {
    async openCases() {
      return structuredClone([...cases.values()].filter(({ closedMs }) => closedMs === null));
    },
    async saveCase(record) {
      if (has(record.sessionId)) cases.set(record.id, structuredClone(record));
    },
    async joinedCases({ queueId, limit }) {
      const joined = [...cases.values()].filter((record) => record.queueId === queueId && record.joinedMs !== null);
      return structuredClone(joined.sort((one, other) => (other.joinedMs ?? 0) - (one.joinedMs ?? 0)).slice(0, limit));
    },
    async addNote(note) {
      if (!has(note.sessionId)) {
        throw new StoreError('conflict', `session ${note.sessionId} is gone, and its notes with it`);
      }
      const kept = notes.get(note.id) ?? structuredClone(note);
      notes.set(note.id, kept);
      return structuredClone(kept);
    },
    async notesOf(sessionId) {
      const ofSession = [...notes.values()].filter((note) => note.sessionId === sessionId);
      return structuredClone(ofSession.sort((one, other) => one.atMs - other.atMs));
    },
    forget(sessionId) {
      for (const kept of [cases, notes]) {
        for (const [id, record] of kept) if (record.sessionId === sessionId) kept.delete(id);
      }
    },
  };
}

/** People and their sign-ins. */
export function deskUsersInMemory(): DeskUserStore {
  const users = new Map<string, DeskUser>();
  const signIns = new Map<string, DeskSignIn>();
  const dropSignIns = (isOld: (signIn: DeskSignIn) => boolean): void => {
    for (const signIn of signIns.values()) if (isOld(signIn)) signIns.delete(signIn.tokenSha256);
  };
  return {
    async list() {
      return structuredClone([...users.values()].sort((one, other) => (one.id < other.id ? -1 : 1)));
    },
    async save(user) {
      users.set(user.id, structuredClone(user));
    },
    async remove(id) {
      dropSignIns(({ userId }) => userId === id);
      return users.delete(id);
    },
    async findSignIn(tokenSha256) {
      return structuredClone(signIns.get(tokenSha256));
    },
    async saveSignIn(signIn) {
      dropSignIns(({ expiresMs }) => expiresMs <= signIn.createdMs);
      signIns.set(signIn.tokenSha256, structuredClone(signIn));
    },
    async removeSignIn(tokenSha256) {
      signIns.delete(tokenSha256);
    },
  };
}
