// Makes what people see out of what the desk knows.
import type { TranscriptLine } from '../../messaging/index.ts';
import { isOpen, opensAtMs } from '../opening-hours.ts';
import type { Queue, Queues } from '../queues.ts';
import { hasPlace, isIn, isWaiting, lastSequence, unreadCount } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskPerson, PersonRef } from './desk-person.ts';
import type { CallView, ChatView, LineView, PersonView, QueueView, VisitorView, WaitingView } from './desk-views.ts';
import type { PresentPerson } from './present-people.ts';

/** Characters of what a waiting visitor said last. */
const PREVIEW_LENGTH = 160;

/** Whether a person answers a queue. */
export function answers({ queueIds }: DeskPerson, queueId: string): boolean {
  return queueIds === null || queueIds.includes(queueId);
}

/** Whether a person sees who waits in a queue. */
export function seesQueue(person: DeskPerson, queueId: string): boolean {
  return person.role === 'supervisor' || answers(person, queueId);
}

/** How many chats a person has. */
export function chatCount(personId: string, cases: Iterable<DeskCase>): number {
  let count = 0;
  for (const each of cases) if (isIn(each, personId)) count += 1;
  return count;
}

/** Whether a person who has so many chats can take no more of a queue. */
export function isFull(person: DeskPerson, queue: Queue, chats: number): boolean {
  return chats >= (person.capacity ?? queue.capacity);
}

export function refOf({ id, name }: DeskPerson): PersonRef {
  return { id, name };
}

export function queueView(
  queue: Queue,
  desk: { cases: readonly DeskCase[]; people: Iterable<PresentPerson>; nowMs: number },
): QueueView {
  const cases = desk.cases.filter((each) => each.queue === queue);
  const waiting = cases.filter(hasPlace);
  const isAvailable = ({ person, connections, availability }: PresentPerson): boolean =>
    connections > 0 && availability === 'available' && answers(person, queue.id);
  return {
    id: queue.id,
    name: queue.name,
    open: isOpen(queue, desk.nowMs),
    opensMs: opensAtMs(queue, desk.nowMs),
    waitingCount: waiting.length,
    chatCount: cases.filter(({ record }) => record.people.length > 0).length,
    availableCount: [...desk.people].filter(isAvailable).length,
    longestWaitSinceMs: waiting.length > 0 ? Math.min(...waiting.map(sinceMs)) : null,
  };
}

export function waitingView(deskCase: DeskCase, position: number): WaitingView {
  const { record, handoff, lines } = deskCase;
  const lastWords = lines.findLast(({ speaker }) => speaker === 'user')?.text ?? '';
  return {
    sessionId: record.sessionId,
    queueId: record.queueId,
    visitor: visitorView(deskCase),
    reason: handoff.request.reason,
    position,
    priority: record.priority,
    sinceMs: sinceMs(deskCase),
    preview: lastWords.slice(0, PREVIEW_LENGTH),
    returned: record.atHead,
    call: callView(deskCase),
  };
}

/** A chat as one person sees it. */
export function chatView(deskCase: DeskCase, personId: string): ChatView {
  const { record, handoff, visitor, watchers, typing } = deskCase;
  return {
    sessionId: record.sessionId,
    queueId: record.queueId,
    visitor: visitorView(deskCase),
    reason: handoff.request.reason,
    data: handoff.request.data,
    people: record.people,
    joinedMs: record.joinedMs ?? record.openedMs,
    mine: isIn(deskCase, personId) ? 'in' : watchers.has(personId) ? 'watching' : 'no',
    unreadCount: unreadCount(deskCase, personId),
    lastSequence: lastSequence(deskCase),
    visitorTyping: typing.has(''),
    callSid: visitor.callSid,
    call: callView(deskCase),
  };
}

export function personView(
  { person, connections, availability }: PresentPerson,
  desk: { cases: readonly DeskCase[]; queues: Queues },
): PersonView {
  const { all } = desk.queues;
  const own = all.filter(({ id }) => answers(person, id)).map(({ capacity }) => capacity);
  const chats = chatCount(person.id, desk.cases);
  return {
    id: person.id,
    name: person.name,
    avatarUrl: person.avatarUrl ?? null,
    role: person.role,
    connected: connections > 0,
    availability,
    queueIds: person.queueIds,
    chatCount: chats,
    capacity: person.capacity ?? Math.max(0, ...own),
    fullFor: all.filter((queue) => isFull(person, queue, chats)).map(({ id }) => id),
  };
}

export function lineView(line: TranscriptLine): LineView {
  const { messageId, sequence, atMs, speaker, text, attachments } = line;
  const by = line.by ? { id: line.by.id, name: line.by.name } : null;
  const { suggestions = [] } = line;
  return { messageId, sequence, atMs, speaker, by, text, attachments, suggestions, saidBy: saidBy(line) };
}

/** What the custom data of a message tells of a call (voice spec, section 8.3). */
function saidBy({ custom }: TranscriptLine): LineView['saidBy'] {
  if (custom?.['channel'] !== 'voice') return undefined;
  return custom['input'] === 'dtmf' ? 'keys' : 'voice';
}

/** Whether a person sees a case as a chat. */
export function seesChat(person: DeskPerson, deskCase: DeskCase): boolean {
  return !isWaiting(deskCase) && deskCase.ready && (person.role === 'supervisor' || isIn(deskCase, person.id));
}

function sinceMs({ record }: DeskCase): number {
  return record.placeMs ?? record.openedMs;
}

function visitorView({ visitor }: DeskCase): VisitorView {
  const { name, platform, deviceType, language, connected } = visitor;
  return { name, platform, deviceType, language, connected };
}

function callView({ visitor: { call } }: DeskCase): CallView | null {
  if (!call) return null;
  const { sinceMs, person } = call;
  if (!person) return { state: 'free', sinceMs, person };
  const { id, name, held } = person;
  return { state: held ? 'held' : 'taken', sinceMs, person: { id, name } };
}
