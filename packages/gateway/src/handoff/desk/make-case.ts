// Makes a case of a hand-off: the journal knows who has the session, the record of a former process knows the rest.
import type { Clock, NewId, Timers } from '../../kit/index.ts';
import type { CaseRecord } from '../ports/desk-store.ts';
import type { HandoffCase } from '../ports/handoff-desk.ts';
import type { Queue } from '../queues.ts';
import type { DeskCase } from './desk-case.ts';
import { lineView } from './make-views.ts';
import { createQueueStatusTeller } from './queue-status-teller.ts';

/** A case that nobody was shown yet. */
export function makeCase(
  { handoff, queue, kept }: { handoff: HandoffCase; queue: Queue; kept: CaseRecord | undefined },
  parts: { clock: Clock; timers: Timers; newId: NewId },
): DeskCase {
  const record = kept ?? newRecord(handoff, { queue, id: parts.newId() });
  const status = createQueueStatusTeller(parts, (now) => {
    handoff.report({ type: 'desk-queue-status', status: now });
  });
  // What a former process told last is unknown, and may have been a moment ago.
  if (handoff.accepted) status.told();
  return {
    record: asTheJournalSays(record, { handoff, queue, nowMs: parts.clock.nowMs() }),
    handoff,
    queue,
    visitor: handoff.visitor,
    lines: handoff.transcript.map(lineView),
    ready: handoff.accepted,
    dismissed: false,
    absence: null,
    typing: new Map(),
    watchers: new Set(),
    sending: new Map(),
    status,
  };
}

function newRecord(
  { sessionId, waitingSinceMs, request }: HandoffCase,
  { queue, id }: { queue: Queue; id: string },
): CaseRecord {
  return {
    id,
    sessionId,
    queueId: queue.id,
    openedMs: waitingSinceMs,
    priority: priorityIn(request.data),
    atHead: false,
    placeMs: waitingSinceMs,
    people: [],
    reads: {},
    firstPosition: 1,
    joinedMs: null,
    repliedMs: null,
    closedMs: null,
  };
}

function asTheJournalSays(
  record: CaseRecord,
  { handoff: { human, visitor }, queue, nowMs }: { handoff: HandoffCase; queue: Queue; nowMs: number },
): CaseRecord {
  if (!human) {
    const placeMs = record.placeMs ?? (visitor.connected ? nowMs : null);
    return { ...record, queueId: queue.id, people: [], placeMs };
  }
  const { id, name } = human;
  const others = record.people.filter((person) => person.id !== id);
  return { ...record, people: [...others, { id, name }], joinedMs: record.joinedMs ?? nowMs };
}

/** The agent may say how urgent it is. */
function priorityIn({ priority }: Readonly<Record<string, unknown>>): number {
  return typeof priority === 'number' && Number.isFinite(priority) ? priority : 0;
}
