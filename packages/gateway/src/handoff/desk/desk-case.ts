// One hand-off that is open at the desk, as this process has it.
import type { Timer } from '../../kit/index.ts';
import type { CaseRecord } from '../ports/desk-store.ts';
import type { HandoffCase, Visitor } from '../ports/handoff-desk.ts';
import type { Queue } from '../queues.ts';
import type { DeskAnswer } from './desk-actions.ts';
import type { LineView } from './desk-views.ts';
import type { QueueStatusTeller } from './queue-status-teller.ts';

/** A message on its way into the journal. */
interface Sending {
  personId: string;
  clientId: string;
  answer: Promise<DeskAnswer>;
  settle(answer: DeskAnswer): void;
}

/** An open case. While nobody is in it, the visitor waits. */
export interface DeskCase {
  /** What outlives the process; saved whenever it changed. */
  record: CaseRecord;
  readonly handoff: HandoffCase;
  queue: Queue;
  visitor: Visitor;
  readonly lines: LineView[];
  /** The case is kept and the session knows it was accepted. */
  ready: boolean;
  /** Somebody at the desk gives the waiting visitor back to the agent. */
  dismissed: boolean;
  /** Runs while the visitor is away and keeps their place. */
  absence: Timer | null;
  /** Who types, by id (the visitor: `''`), until they stop or the timer stops them. */
  readonly typing: Map<string, Timer>;
  /** Supervisors who follow without writing, by id. */
  readonly watchers: Set<string>;
  /** By message id. */
  readonly sending: Map<string, Sending>;
  readonly status: QueueStatusTeller;
}

/** Whether the visitor is in a queue, there or not. */
export function isWaiting({ ready, record }: DeskCase): boolean {
  return ready && record.people.length === 0;
}

/** Whether the visitor has a place in a queue: they wait and are there. */
export function hasPlace(deskCase: DeskCase): boolean {
  return isWaiting(deskCase) && deskCase.visitor.connected;
}

/** Whether somebody is in the case. */
export function isIn({ record }: DeskCase, personId: string): boolean {
  return record.people.some(({ id }) => id === personId);
}

/** Sequence of the last line; 0 when nothing was said. */
export function lastSequence({ lines }: DeskCase): number {
  return lines.at(-1)?.sequence ?? 0;
}

/** What the visitor wrote and the person has not read. */
export function unreadCount({ lines, record }: DeskCase, personId: string): number {
  const read = record.reads[personId] ?? 0;
  return lines.filter(({ speaker, sequence }) => speaker === 'user' && sequence > read).length;
}
