// The events received so far, in the order of the server's journal however they arrived: live, replayed,
// twice, or late.
import type { Envelope } from '@parley/protocol';
import { applyEvent, emptyTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** What was received, and the timeline it adds up to. */
export interface Journal {
  /** Journaled events by sequence; system messages, which have none, stand where they arrived. */
  entries: readonly Envelope[];
  timeline: Timeline;
  /** The highest sequence seen: a replay need only bring what came after it. 0 when there is none. */
  lastSequence: number;
}

/** Nothing received. */
export const emptyJournal: Journal = { entries: [], timeline: emptyTimeline, lastSequence: 0 };

/** The journal with one more event. Passing ones (thinking, heartbeats) aren't kept; one it has already changes nothing: a sequence names one event only. */
export function receive(journal: Journal, envelope: Envelope): Journal {
  const { sequence } = envelope;
  if (sequence === null && envelope.event.type !== 'system-message') return journal;
  if (sequence === null || sequence > journal.lastSequence) {
    return {
      entries: [...journal.entries, envelope],
      timeline: applyEvent(journal.timeline, envelope),
      lastSequence: sequence ?? journal.lastSequence,
    };
  }
  if (journal.entries.some((entry) => entry.sequence === sequence)) return journal;
  return rebuild(insert(journal.entries, envelope, sequence), journal.lastSequence);
}

function insert(entries: readonly Envelope[], late: Envelope, sequence: number): Envelope[] {
  const place = entries.findIndex((entry) => entry.sequence !== null && entry.sequence > sequence);
  return entries.toSpliced(place, 0, late);
}

function rebuild(entries: readonly Envelope[], lastSequence: number): Journal {
  return { entries, timeline: entries.reduce(applyEvent, emptyTimeline), lastSequence };
}
