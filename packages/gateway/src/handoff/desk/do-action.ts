// What people do at the desk. Everything is decided at once, in one process, so that of two who are equally fast one
// is first.
import { join, leaveAlone, requeue, stepOut } from './case-moves.ts';
import type { DeskAction, DeskAnswer, TransferTarget } from './desk-actions.ts';
import { hasPlace, isIn, isWaiting } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { PersonRef } from './desk-person.ts';
import type { DeskState } from './desk-state.ts';
import { answers, chatCount, isFull, refOf, seesQueue } from './make-views.ts';
import { isClientId, isNotable, stableId } from './message-content.ts';
import type { PresentPerson } from './present-people.ts';
import { done, refused } from './refusals.ts';
import { actInCall } from './visitor-call.ts';
import { byPlace } from './waiting-order.machine.ts';
import { send } from './write-to-visitor.ts';

/** Does what somebody at the desk wants, or says why not. */
export function doAction(
  desk: DeskState,
  present: PresentPerson,
  action: DeskAction,
): DeskAnswer | Promise<DeskAnswer> {
  switch (action.type) {
    case 'set-availability':
      present.availability = action.availability;
      desk.settlePeople();
      return done;
    case 'accept-next':
      return acceptNext(desk, present, action.queueId);
    case 'accept':
    case 'send':
    case 'typing':
    case 'read':
    case 'note':
    case 'transcript':
    case 'watch':
    case 'unwatch':
    case 'join':
    case 'transfer':
    case 'leave':
    case 'dismiss':
    case 'call-token':
    case 'hold-call':
    case 'hang-up-call': {
      const deskCase = desk.cases.get(action.sessionId);
      if (!deskCase?.ready) return refused('no-such-chat');
      return doInCase({ desk, present, deskCase }, action);
    }
  }
}

/** Somebody who does something in a case. */
interface Scene {
  desk: DeskState;
  present: PresentPerson;
  deskCase: DeskCase;
}

function doInCase(
  scene: Scene,
  action: Exclude<DeskAction, { type: 'set-availability' | 'accept-next' }>,
): DeskAnswer | Promise<DeskAnswer> {
  const { desk, present, deskCase } = scene;
  const { person } = present;
  const supervises = person.role === 'supervisor';
  const isInside = isIn(deskCase, person.id);
  switch (action.type) {
    case 'accept':
      return accept(scene);
    case 'send':
      return send(desk, { deskCase, person, action });
    case 'typing':
      if (!isInside) return refused('not-allowed');
      desk.setTyping(deskCase, person, action.state);
      return done;
    case 'read':
      if (!isInside && !supervises) return refused('not-allowed');
      return read(scene, action.sequence);
    case 'note':
      if (!isInside && !supervises) return refused('not-allowed');
      return note(scene, action);
    case 'transcript':
      if (!isInside && !supervises) return refused('not-allowed');
      return transcript(scene);
    case 'watch':
    case 'unwatch':
      if (!supervises) return refused('not-allowed');
      return watch(scene, action.type === 'watch');
    case 'join':
      if (!supervises) return refused('not-allowed');
      return joinBeside(scene);
    case 'transfer':
      if (!isInside && !supervises) return refused('not-allowed');
      return 'queueId' in action.to ? transferToQueue(scene, action.to) : transferToPerson(scene, action.to);
    case 'leave':
      if (!isInside) return refused('not-allowed');
      return leave(scene, action.next);
    case 'dismiss':
      if (!isWaiting(deskCase) || !seesQueue(person, deskCase.queue.id)) return refused('not-allowed');
      deskCase.dismissed = true;
      return deskCase.handoff.report({ type: 'desk-returned' }) ? done : refused('no-such-chat');
    case 'call-token':
    case 'hold-call':
    case 'hang-up-call':
      if (!isInside) return refused('not-allowed');
      return actInCall(scene, action);
  }
}

function acceptNext(desk: DeskState, present: PresentPerson, queueId: string | undefined): DeskAnswer {
  if (queueId !== undefined && !desk.parts.queues.byId(queueId)) return refused('no-such-queue');
  const waiting = [...desk.cases.values()]
    .filter(({ queue }) => answers(present.person, queue.id) && (queueId === undefined || queue.id === queueId))
    .filter(hasPlace)
    .sort((one, other) => other.queue.priority - one.queue.priority || byPlace(one.record, other.record));
  // Who has enough of one queue may have room for another.
  const chats = chatCount(present.person.id, desk.cases.values());
  const next = waiting.find(({ queue }) => !isFull(present.person, queue, chats));
  if (!next) return refused(waiting.length > 0 ? 'full' : 'nobody-waits');
  const answer = accept({ desk, present, deskCase: next });
  return answer.ok ? { ok: true, sessionId: next.record.sessionId } : answer;
}

function accept({ desk, present: { person }, deskCase }: Scene): DeskAnswer {
  if (isIn(deskCase, person.id)) return done;
  const [holder] = deskCase.record.people;
  if (holder) return refused('taken', holder);
  if (!seesQueue(person, deskCase.queue.id)) return refused('not-allowed');
  if (!deskCase.visitor.connected) return refused('visitor-away');
  if (isFull(person, deskCase.queue, chatCount(person.id, desk.cases.values()))) return refused('full');
  const change = { waiting: 'taken', chat: 'left', by: refOf(person) } as const;
  return join(desk, deskCase, { person, beside: [], change }) ? done : refused('no-such-chat');
}

function read({ desk, present: { person }, deskCase }: Scene, sequence: number): DeskAnswer {
  const { reads } = deskCase.record;
  if (!Number.isSafeInteger(sequence) || sequence <= (reads[person.id] ?? 0)) return done;
  reads[person.id] = sequence;
  void desk.save(deskCase);
  desk.show(deskCase);
  return done;
}

async function note(
  { desk, present: { person }, deskCase }: Scene,
  { clientId, text }: { clientId: string; text: string },
): Promise<DeskAnswer> {
  if (!isClientId(clientId) || !isNotable(text)) return refused('bad-content');
  const { sessionId } = deskCase.record;
  const id = stableId('note', sessionId, person.id, clientId);
  const atMs = desk.parts.clock.nowMs();
  try {
    const kept = await desk.parts.store.addNote({ id, sessionId, by: refOf(person), atMs, text });
    desk.tellNote(deskCase, kept);
    return { ok: true, note: kept };
  } catch (error) {
    desk.parts.log.error({ sessionId, err: error }, 'A note was not kept');
    return refused('failed');
  }
}

async function transcript({ desk, deskCase }: Scene): Promise<DeskAnswer> {
  const { sessionId } = deskCase.record;
  try {
    const notes = await desk.parts.store.notesOf(sessionId);
    // Lines that come while the notes are read are in it too, and are told besides: they have their ids.
    return { ok: true, transcript: { sessionId, lines: [...deskCase.lines], notes } };
  } catch (error) {
    desk.parts.log.error({ sessionId, err: error }, 'Notes could not be read');
    return refused('failed');
  }
}

function watch({ desk, present: { person }, deskCase }: Scene, watches: boolean): DeskAnswer {
  if (isWaiting(deskCase)) return refused('no-such-chat');
  if (watches && !isIn(deskCase, person.id)) deskCase.watchers.add(person.id);
  else deskCase.watchers.delete(person.id);
  desk.show(deskCase);
  return done;
}

function joinBeside({ desk, present: { person }, deskCase }: Scene): DeskAnswer {
  if (isWaiting(deskCase)) return refused('no-such-chat');
  if (isIn(deskCase, person.id)) return done;
  const change = { waiting: 'taken', chat: 'left', by: refOf(person) } as const;
  return join(desk, deskCase, { person, beside: deskCase.record.people, change }) ? done : refused('no-such-chat');
}

function transferToQueue(
  { desk, present: { person }, deskCase }: Scene,
  { queueId }: Extract<TransferTarget, { queueId: string }>,
): DeskAnswer {
  const queue = desk.parts.queues.byId(queueId);
  if (!queue) return refused('no-such-queue');
  if (isWaiting(deskCase) && deskCase.queue === queue) return done;
  const change = { waiting: 'moved', chat: 'transferred', by: refOf(person) } as const;
  return requeue(desk, deskCase, { queue, atHead: false, change }) ? done : refused('no-such-chat');
}

function transferToPerson(
  { desk, present, deskCase }: Scene,
  { personId }: Extract<TransferTarget, { personId: string }>,
): DeskAnswer {
  const target = desk.parts.people.get(personId);
  if (!target || target.connections === 0 || !seesQueue(target.person, deskCase.queue.id)) {
    return refused('no-such-person');
  }
  if (isIn(deskCase, personId)) {
    if (isIn(deskCase, present.person.id) && personId !== present.person.id) {
      stepOut(desk, deskCase, refOf(present.person));
    }
    return done;
  }
  if (isFull(target.person, deskCase.queue, chatCount(personId, desk.cases.values()))) return refused('full');
  const change = { waiting: 'taken', chat: 'transferred', by: refOf(target.person) } as const;
  const beside = whoStays({ desk, present, deskCase });
  return join(desk, deskCase, { person: target.person, beside, change }) ? done : refused('no-such-chat');
}

/** Who is in a chat still when somebody gives it to another person: supervisors who are there besides. */
function whoStays({ desk, present, deskCase }: Scene): readonly PersonRef[] {
  const { people } = deskCase.record;
  const besides = people.filter(({ id }) => {
    return id !== present.person.id && desk.parts.people.get(id)?.person.role === 'supervisor';
  });
  return besides.length === people.length ? besides.slice(1) : besides;
}

function leave({ desk, present: { person }, deskCase }: Scene, next = deskCase.queue.afterHuman): DeskAnswer {
  if (deskCase.record.people.length > 1) {
    stepOut(desk, deskCase, refOf(person));
    return done;
  }
  return leaveAlone(desk, deskCase, next) ? done : refused('no-such-chat');
}
