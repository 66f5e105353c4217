// When what happened last in a session, read off its journal: for those who watch it, not for decisions.
import type { JournalEntry, PublicEntry } from './journal-entry.ts';

/** Somebody says something; a stream counts with each chunk. */
const words: ReadonlySet<PublicEntry['event']['type']> = new Set([
  'user-message',
  'poly-agent-message',
  'poly-agent-message-chunk',
  'live-agent-message',
]);

/** The moments of one session that matter later. Milliseconds since the epoch; 0: not yet. */
export class Milestones {
  /** When the last entry was written. */
  grewMs = 0;
  /** When somebody, of whatever side, last said something; the beginning counts, too. */
  wordMs = 0;
  /** When the last call was over while the session went on. */
  callEndedMs = 0;
  /** The sequence at which an agent first joined; null: none ever did. */
  joinedSequence: number | null = null;

  /** Takes the next entry of the journal. */
  add(entry: JournalEntry): void {
    this.grewMs = entry.atMs;
    if (entry.sequence === null) {
      if (entry.fact.type === 'call-ended') this.callEndedMs = entry.atMs;
      return;
    }
    const { type } = entry.event;
    if (type === 'session-start' || words.has(type)) this.wordMs = entry.atMs;
    if (type === 'poly-agent-joined') this.joinedSequence ??= entry.sequence;
  }
}
