// What happens to a case, whoever made it happen: people join it and leave it, it goes back to a queue.
import type { Queue } from '../queues.ts';
import type { AfterHuman } from './desk-actions.ts';
import { isIn, lastSequence } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskPerson, PersonRef } from './desk-person.ts';
import { PAST_WAITS, liveAgent } from './desk-state.ts';
import type { Change, DeskState } from './desk-state.ts';
import { refOf } from './make-views.ts';
import { releaseCall } from './visitor-call.ts';
import { beginAbsence } from './visitor-presence.ts';

/** A person takes a case, alone or beside those who are in it. False when the session is over or elsewhere. */
export function join(
  desk: DeskState,
  deskCase: DeskCase,
  { person, beside, change }: { person: DeskPerson; beside: readonly PersonRef[]; change: Change },
): boolean {
  const { record } = deskCase;
  stopTypingOf(desk, deskCase, (id) => id !== '' && !beside.some((each) => each.id === id));
  if (!deskCase.handoff.report({ type: 'desk-joined', agent: liveAgent(person) })) return false;
  const nowMs = desk.parts.clock.nowMs();
  deskCase.status.cancel();
  if (record.joinedMs === null) {
    record.joinedMs = nowMs;
    desk.parts.meters.joined(record);
    remember(desk, deskCase, nowMs);
  }
  record.people = [...beside, refOf(person)];
  record.atHead = false;
  record.reads[person.id] = Math.max(record.reads[person.id] ?? 0, lastSequence(deskCase));
  deskCase.watchers.delete(person.id);
  void desk.save(deskCase);
  settle(desk, deskCase, change);
  return true;
}

/**
 * Somebody is no longer in a case in which others are. The session knows one person only, whoever joined last: where
 * that one leaves, the one before them has it again.
 */
export function stepOut(desk: DeskState, deskCase: DeskCase, person: PersonRef): void {
  stopTypingOf(desk, deskCase, (id) => id === person.id);
  const { record } = deskCase;
  const last = record.people.at(-1);
  record.people = record.people.filter(({ id }) => id !== person.id);
  const heir = record.people.at(-1);
  if (heir && last?.id === person.id) {
    const agent = liveAgent(desk.parts.people.get(heir.id)?.person ?? heir);
    deskCase.handoff.report({ type: 'desk-joined', agent });
  }
  void desk.save(deskCase);
  settle(desk, deskCase, { waiting: 'taken', chat: 'left', by: person });
}

/** The last person leaves the case, and `next` follows. False when the session is over or elsewhere. */
export function leaveAlone(desk: DeskState, deskCase: DeskCase, next: AfterHuman): boolean {
  stopTypingOf(desk, deskCase, (id) => id !== '');
  return deskCase.handoff.report(next === 'agent' ? { type: 'desk-returned' } : { type: 'desk-left' });
}

/** The visitor waits again, or elsewhere; `atHead`: before everybody else. False when the session is over. */
export function requeue(
  desk: DeskState,
  deskCase: DeskCase,
  to: { queue: Queue; atHead: boolean; message?: string; change: Change },
): boolean {
  const { record, queue: former } = deskCase;
  const { queue, atHead } = to;
  stopTypingOf(desk, deskCase, (id) => id !== '');
  const before = structuredClone(record);
  deskCase.queue = queue;
  const placeMs = record.placeMs ?? desk.parts.clock.nowMs();
  Object.assign(record, { queueId: queue.id, people: [], atHead: atHead || record.atHead, placeMs });
  const position = desk.inOrder(queue).indexOf(deskCase) + 1 || 1;
  const status = {
    queueName: queue.name,
    positionInQueue: position,
    estimatedWaitSeconds: desk.estimate(queue, position),
    displayMessage: to.message,
  };
  if (!deskCase.handoff.report({ type: 'desk-requeued', queue: queue.name, status })) {
    deskCase.queue = former;
    deskCase.record = before;
    return false;
  }
  deskCase.status.told();
  deskCase.watchers.clear();
  if (!deskCase.visitor.connected) beginAbsence(desk, deskCase);
  void desk.save(deskCase);
  settle(desk, deskCase, to.change);
  if (former !== queue) desk.settleQueue(former);
  return true;
}

/** Everybody learns where a case is now. */
export function settle(desk: DeskState, deskCase: DeskCase, change: Change): void {
  releaseCall(deskCase);
  desk.show(deskCase, change);
  desk.settleQueue(deskCase.queue);
  desk.settlePeople();
}

/** Nobody who leaves goes on typing. The visitor is `''`. */
export function stopTypingOf(desk: DeskState, deskCase: DeskCase, leaves: (id: string) => boolean): void {
  for (const key of deskCase.typing.keys()) {
    if (!leaves(key)) continue;
    const person = key === '' ? null : desk.parts.people.get(key)?.person;
    if (person !== undefined && (person === null || isIn(deskCase, key))) {
      desk.setTyping(deskCase, person, 'TYPING_STATE_STOPPED');
    }
  }
}

function remember(desk: DeskState, { record, queue }: DeskCase, nowMs: number): void {
  const { openedMs, firstPosition } = record;
  const past = desk.pastWaits.get(queue.id) ?? [];
  desk.pastWaits.set(queue.id, [...past, { waitedMs: nowMs - openedMs, firstPosition }].slice(-PAST_WAITS));
}
