// A conversation as the client holds it: what came (journal), what waits to be acknowledged (outbox), and
// who is busy on the other side. Pure: says what it is after each event.
import type { Envelope } from '@parley/protocol';
import { systemTexts } from '@parley/protocol';
import { abandoned, acknowledged, refused } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { activityAfter } from './timeline/activity.ts';
import type { Activity } from './timeline/activity.ts';
import { emptyJournal, receive } from './timeline/journal.ts';
import type { Journal } from './timeline/journal.ts';
import { localIdOf } from './timeline/timeline.ts';

export interface Conversation {
  journal: Journal;
  outbox: Outbox;
  activity?: Activity | undefined;
}

/** A conversation that has not begun. */
export const emptyConversation: Conversation = { journal: emptyJournal, outbox: [] };

/** Texts with which a server says that it won't have a message at all. */
const REFUSALS: ReadonlySet<string> = new Set([systemTexts.tooLarge, systemTexts.invalidFormat]);

/** Texts that mean: no agent is in this conversation, ask for one. */
const NOBODY_HERE: ReadonlySet<string> = new Set([
  systemTexts.conversationNotFound,
  systemTexts.conversationIdNotFound,
]);

/** The conversation after one more event, live or replayed. */
export function hear(conversation: Conversation, envelope: Envelope, nowMs: number): Conversation {
  const localId = localIdOf(envelope.custom);
  if (localId !== undefined && isRefusal(envelope) && conversation.outbox.some((draft) => draft.localId === localId)) {
    return { ...conversation, outbox: refused(conversation.outbox, localId, 'refused') };
  }
  const journal = receive(conversation.journal, envelope);
  const isRepeated = envelope.sequence !== null && journal === conversation.journal;
  return {
    journal,
    outbox: outboxAfter(conversation.outbox, envelope, localId),
    activity: isRepeated ? conversation.activity : activityAfter(conversation.activity, envelope.event, nowMs),
  };
}

/** Whether the server says that nobody is there to answer: the agent must be asked to join. */
export function asksForAgent({ event }: Envelope): boolean {
  return event.type === 'system-message' && NOBODY_HERE.has(event.message);
}

function isRefusal({ event }: Envelope): boolean {
  return event.type === 'system-message' && REFUSALS.has(event.message);
}

function outboxAfter(outbox: Outbox, { event }: Envelope, localId: string | undefined): Outbox {
  if (event.type === 'session-end') return abandoned(outbox);
  return event.type === 'user-message' && localId !== undefined ? acknowledged(outbox, localId) : outbox;
}
