// What must be true of every journal, whatever was asked of its session. Each rule answers with what breaks it.
import { correlationKey } from '../session/decide-client.machine.ts';
import type { Fact, JournalEntry, PublicEntry } from '../session/journal-entry.ts';

type Rule = (journal: readonly JournalEntry[]) => string[];

/** Everything that is wrong with a journal. */
export function wrongIn(journal: readonly JournalEntry[]): string[] {
  return [contiguous, endsLast, chunksInOrder, agentSilentForHumans, turnsEndOnce, messagesOnce].flatMap((rule) =>
    rule(journal),
  );
}

/** User messages that were neither answered nor failed nor given to a human, in a session that lives. */
export const unanswered: Rule = (journal) => {
  if (events(journal).some(({ event }) => event.type === 'session-end')) return [];
  const ended = new Set(facts(journal).map((fact) => (fact.type === 'turn-ended' ? fact.turnId : null)));
  // A call that answers by itself lasts until the session is over.
  if (facts(journal).some((fact) => fact.type === 'call-started' && fact.answers === 'call')) return [];
  const stretches = humanStretches(journal);
  return events(journal).flatMap(({ event, position }) => {
    if (event.type !== 'user-message' || ended.has(event.messageId)) return [];
    // What was said before the agent left went to the desk with the transcript.
    return stretches.some(({ to }) => position < to) ? [] : [`${event.messageId} was never answered`];
  });
};

const contiguous: Rule = (journal) => [
  ...journal.filter(({ position }, index) => position !== index + 1).map(({ position }) => `position ${position}`),
  ...events(journal)
    .filter(({ sequence }, index) => sequence !== index + 1)
    .map(({ sequence }) => `sequence ${sequence}`),
];

const endsLast: Rule = (journal) =>
  events(journal)
    .filter(({ event, position }) => event.type === 'session-end' && position !== journal.length)
    .map(() => 'something follows the end');

/** MSG-082, MSG-085: one message at a time, indices from 1, one complete chunk, and that the last. */
const chunksInOrder: Rule = (journal) => {
  const wrong: string[] = [];
  const complete = new Set<string>();
  let open = null as { messageId: string; chunkIndex: number } | null;
  for (const { event } of events(journal)) {
    const speaks = event.type === 'poly-agent-message' || event.type === 'live-agent-message';
    const leaves = event.type === 'poly-agent-left' || event.type === 'session-end';
    if ((speaks || leaves) && open) wrong.push(`${event.type} in the middle of ${open.messageId}`);
    if (event.type !== 'poly-agent-message-chunk') continue;
    const { messageId, chunkIndex, isComplete } = event;
    if (open && open.messageId !== messageId) wrong.push(`${messageId} in the middle of ${open.messageId}`);
    if (chunkIndex !== (open?.chunkIndex ?? 0) + 1) wrong.push(`${messageId} has no chunk before ${chunkIndex}`);
    if (complete.has(messageId)) wrong.push(`${messageId} goes on after its end`);
    if (isComplete) complete.add(messageId);
    open = isComplete ? null : { messageId, chunkIndex };
  }
  return wrong;
};

const agentSilentForHumans: Rule = (journal) => {
  const stretches = humanStretches(journal);
  return events(journal)
    .filter(({ event, position }) => {
      return event.type.startsWith('poly-agent') && stretches.some(({ from, to }) => position > from && position < to);
    })
    .map(({ event, position }) => `${event.type} at ${position}, where a human has the floor`);
};

const turnsEndOnce: Rule = (journal) => {
  const ended = facts(journal).flatMap((fact) => (fact.type === 'turn-ended' ? [fact.turnId] : []));
  return ended.filter((turnId, index) => ended.indexOf(turnId) !== index).map((turnId) => `${turnId} ended twice`);
};

/** MSG-075, MSG-080: one key and text, one message. */
const messagesOnce: Rule = (journal) => {
  const sent = events(journal).flatMap(({ event, custom }) => {
    const key = correlationKey(custom);
    return event.type === 'user-message' && key !== undefined ? [`${key}: ${event.text}`] : [];
  });
  return sent.filter((once, index) => sent.indexOf(once) !== index).map((twice) => `${twice} was journaled twice`);
};

/** From where the agent has left for a desk to where that came to an end. */
function humanStretches(journal: readonly JournalEntry[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  let toDesk = false;
  let from: number | null = null;
  for (const entry of journal) {
    if (entry.sequence === null) {
      if (entry.fact.type === 'handoff-requested') toDesk = entry.fact.request.kind === 'desk';
      if (entry.fact.type === 'handoff-returned' && from !== null) {
        stretches.push({ from, to: entry.position });
        from = null;
      }
      continue;
    }
    const { type } = entry.event;
    if (type === 'poly-agent-left' && toDesk) from = entry.position;
    const over = type === 'handoff-failed' || type === 'handoff-timeout' || type === 'session-end';
    if (!over || from === null) continue;
    stretches.push({ from, to: entry.position });
    from = null;
  }
  return from === null ? stretches : [...stretches, { from, to: Infinity }];
}

function events(journal: readonly JournalEntry[]): PublicEntry[] {
  return journal.filter((entry): entry is PublicEntry => entry.sequence !== null);
}

function facts(journal: readonly JournalEntry[]): Fact[] {
  return journal.flatMap((entry) => (entry.sequence === null ? [entry.fact] : []));
}
