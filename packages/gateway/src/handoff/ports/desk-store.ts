// Where the desk keeps what the journals of its sessions don't tell: places in queues, who is in a chat, notes.
import type { PersonRef } from '../desk/desk-person.ts';

/** One hand-off at the desk. A session may have several, one after the other. */
export interface CaseRecord {
  /** Of the hand-off, not of the session. */
  id: string;
  sessionId: string;
  queueId: string;
  openedMs: number;
  /** Higher goes first. */
  priority: number;
  /** Given back by a person who is gone: goes before everybody who wasn't. */
  atHead: boolean;
  /** From when on the visitor has waited, as the order of the queue goes; null when they lost their place. */
  placeMs: number | null;
  /** People who have the chat, by id; empty while the visitor waits. */
  people: PersonRef[];
  /** Up to which sequence each person has read. */
  reads: Record<string, number>;
  /** The place in the queue at first. */
  firstPosition: number;
  /** When a person joined first, and first wrote. */
  joinedMs: number | null;
  repliedMs: number | null;
  closedMs: number | null;
}

/** A note as it is kept. */
export interface NoteRecord {
  /** Made from the writer and the writer's own id, so that a note that is sent twice is kept once. */
  id: string;
  sessionId: string;
  by: PersonRef;
  atMs: number;
  text: string;
}

/** Durable storage of the desk. What it keeps of a session goes with the session. */
export interface DeskStore {
  /** Cases that were not closed, in no order. */
  openCases(): Promise<CaseRecord[]>;
  /** Adds a case, or replaces the one of the same id. Nothing happens when the session is gone. */
  saveCase(record: CaseRecord): Promise<void>;
  /** The last cases of a queue that a person joined, the newest first. */
  joinedCases(query: { queueId: string; limit: number }): Promise<CaseRecord[]>;
  /** Keeps a note; the one that is kept under this id, if there was one already. Rejects when the session is gone. */
  addNote(note: NoteRecord): Promise<NoteRecord>;
  /** The oldest first. */
  notesOf(sessionId: string): Promise<NoteRecord[]>;
}
