// Journal entries to and from the text they are stored as: the wire frame of an event, the JSON of a fact.
import { decodeJournaled, encodeEvent } from '@parley/protocol';
import type { StoredEntry } from '../ports/session-store.ts';
import type { Fact, JournalEntry, PublicEntry } from './journal-entry.ts';

/** The wire frame of a public entry; the same text is stored, sent and replayed. */
export function frameOf(entry: PublicEntry): string {
  const { id, sequence, event, custom } = entry;
  return encodeEvent({ id, sequence, timestamp: new Date(entry.atMs).toISOString(), event, custom });
}

/** An entry as it is stored. */
export function storedFact(entry: { position: number; atMs: number; fact: Fact }): StoredEntry {
  return { position: entry.position, sequence: null, atMs: entry.atMs, text: JSON.stringify(entry.fact) };
}

/** Reads a stored entry back. Throws when the store holds something Parley didn't write. */
export function readStored(stored: StoredEntry): JournalEntry {
  const { position, sequence, atMs, text } = stored;
  if (sequence === null) return { position, sequence, atMs, fact: JSON.parse(text) as Fact };
  const { id, event, custom } = decodeJournaled(text);
  return { position, sequence, atMs, id, event, custom };
}
