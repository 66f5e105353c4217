// What the process hands the database thread to write. Columns instead of objects: copying arrays of strings and
// numbers to another thread costs a quarter of copying as many objects.
import type { SessionInfo, SessionMarks, SessionStore, StoredEntry } from '../../messaging/index.ts';

/** What `note` of the port takes. */
export type SessionNote = Parameters<SessionStore['note']>[1];

/** An append as it is given; with `info` it creates the session. */
export interface Append {
  sessionId: string;
  entries: readonly StoredEntry[];
  info?: SessionInfo;
  marks?: SessionMarks | undefined;
}

/** Writes that become durable together. */
export interface WriteGroup {
  // One value per append.
  sessionIds: string[];
  infos: (SessionInfo | null)[];
  /** How many entries belong to the append. */
  sizes: number[];
  unfinished: (0 | 1 | null)[];
  messageMs: (number | null)[];
  endedMs: (number | null)[];

  // One value per entry.
  positions: number[];
  sequences: (number | null)[];
  atMs: number[];
  texts: string[];

  /** The newest note of each session, written after the appends. */
  notes: Map<string, SessionNote>;
}

/** A group without writes. */
export function emptyGroup(): WriteGroup {
  return {
    sessionIds: [],
    infos: [],
    sizes: [],
    unfinished: [],
    messageMs: [],
    endedMs: [],
    positions: [],
    sequences: [],
    atMs: [],
    texts: [],
    notes: new Map(),
  };
}

/** Adds an append to a group. */
export function addAppend(group: WriteGroup, { sessionId, entries, info, marks }: Append): void {
  group.sessionIds.push(sessionId);
  group.infos.push(info ?? null);
  group.sizes.push(entries.length);
  group.unfinished.push(marks?.unfinished === undefined ? null : marks.unfinished ? 1 : 0);
  group.messageMs.push(marks?.messageMs ?? null);
  group.endedMs.push(marks?.endedMs ?? null);
  for (const entry of entries) {
    group.positions.push(entry.position);
    group.sequences.push(entry.sequence);
    group.atMs.push(entry.atMs);
    group.texts.push(entry.text);
  }
}

/** Adds a note to a group, over an earlier one of the same session. */
export function addNote(group: WriteGroup, sessionId: string, note: SessionNote): void {
  group.notes.set(sessionId, { ...group.notes.get(sessionId), ...note });
}

/** Whether there is something to write. */
export function hasWrites(group: WriteGroup): boolean {
  return group.sessionIds.length > 0 || group.notes.size > 0;
}
