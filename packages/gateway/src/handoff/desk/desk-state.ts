// What the desk knows, and telling people of it. Every change ends in `show`, `settleQueue` or `settlePeople`, which
// compare with what each person was told last and tell the difference.
import type { LiveAgent, TypingState } from '@parley/protocol';
import type { Clock, Log, Timers } from '../../kit/index.ts';
import type { DeskStore } from '../ports/desk-store.ts';
import type { Queue, Queues } from '../queues.ts';
import type { CallToken } from './desk-actions.ts';
import { hasPlace, isIn, isWaiting, unreadCount } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { ChatEnd, DeskEvent, WaitingEnd } from './desk-events.ts';
import type { DeskMeters } from './desk-meters.ts';
import type { DeskPerson, PersonRef } from './desk-person.ts';
import type { CannedReply, DeskView, LineView, NoteView } from './desk-views.ts';
import { chatView, personView, queueView, seesChat, seesQueue, waitingView } from './make-views.ts';
import type { PresentPeople, PresentPerson, Told } from './present-people.ts';
import { byPlace, estimatedWaitSeconds } from './waiting-order.machine.ts';
import type { PastWait } from './waiting-order.machine.ts';

/** A started typing that nobody confirms stops by itself, as it does in the SDKs. */
const TYPING_MS = 10_000;
/** Waits of the recent past that estimates go by. */
export const PAST_WAITS = 10;

/** Why a case is no longer what it was to those who saw it. */
export interface Change {
  waiting: WaitingEnd;
  chat: ChatEnd;
  by: PersonRef | null;
}

/** Nothing happened that would take a case out of anybody's sight. */
const noChange: Change = { waiting: 'moved', chat: 'left', by: null };

/** What the desk is made of. */
export interface DeskStateParts {
  queues: Queues;
  people: PresentPeople;
  store: DeskStore;
  clock: Clock;
  timers: Timers;
  log: Log;
  meters: DeskMeters;
  cannedReplies: readonly CannedReply[];
  /** Makes a token with which a person takes the call of a conversation; undefined when that is gone. */
  callToken(chat: { sessionId: string; personId: string }): Promise<CallToken | undefined>;
}

/** The state of the desk. */
export class DeskState {
  readonly parts: DeskStateParts;
  /** By session id. */
  readonly cases: Map<string, DeskCase> = new Map();
  /** By queue id, the newest last. */
  readonly pastWaits: Map<string, PastWait[]> = new Map();
  readonly #toldQueues = new Map<string, string>();

  constructor(parts: DeskStateParts) {
    this.parts = parts;
  }

  /** Everything a person sees now; from here on they are told what changes. */
  viewFor(present: PresentPerson): DeskView {
    const { person, told } = present;
    const cases = [...this.cases.values()];
    told.clear();
    const view: DeskView = {
      me: this.#personView(present),
      queues: this.parts.queues.all.map((queue) => this.#queueView(queue)),
      waiting: [],
      chats: [],
      people: [...this.parts.people.all].map((each) => this.#personView(each)),
      cannedReplies: [...this.parts.cannedReplies],
    };
    for (const queue of this.parts.queues.all) {
      if (!seesQueue(person, queue.id)) continue;
      for (const [index, waiting] of this.inOrder(queue).entries()) {
        view.waiting.push(remembered(told, 'waiting', waitingView(waiting, index + 1)));
      }
    }
    for (const deskCase of cases) {
      if (seesChat(person, deskCase)) view.chats.push(remembered(told, 'chat', chatView(deskCase, person.id)));
    }
    return view;
  }

  /** Who waits in a queue and is there, whoever is next first. */
  inOrder(queue: Queue): DeskCase[] {
    return [...this.cases.values()]
      .filter((deskCase) => deskCase.queue === queue && hasPlace(deskCase))
      .sort((one, other) => byPlace(one.record, other.record));
  }

  /** Shows a case to those who may see it, and takes it from those who no longer may. */
  show(deskCase: DeskCase, change: Change = noChange): void {
    // Places are costly to find in a long queue, and every message of a waiting visitor comes by here.
    if (this.parts.people.count === 0) return;
    const { sessionId } = deskCase.record;
    const open = this.cases.get(sessionId) === deskCase;
    const position = open && hasPlace(deskCase) ? this.inOrder(deskCase.queue).indexOf(deskCase) + 1 : 0;
    const waiting = position > 0 ? waitingView(deskCase, position) : null;
    for (const { person, told, feed } of this.parts.people.all) {
      if (waiting && seesQueue(person, deskCase.queue.id)) {
        endOther({ told, feed, sessionId, kind: 'waiting', change });
        tellIfNew(told, 'waiting', waiting, () => feed.tell({ type: 'waiting', waiting }));
      } else if (open && seesChat(person, deskCase)) {
        const chat = chatView(deskCase, person.id);
        endOther({ told, feed, sessionId, kind: 'chat', change });
        tellIfNew(told, 'chat', chat, () => feed.tell({ type: 'chat', chat }));
      } else endOther({ told, feed, sessionId, kind: null, change });
    }
  }

  /** Tells places: people theirs to see, visitors their own. */
  settleQueue(queue: Queue): void {
    const { people, meters } = this.parts;
    const ordered = this.inOrder(queue);
    for (const [index, deskCase] of ordered.entries()) {
      const waiting = waitingView(deskCase, index + 1);
      for (const { person, told, feed } of people.all) {
        if (!seesQueue(person, queue.id)) continue;
        tellIfNew(told, 'waiting', waiting, () => feed.tell({ type: 'waiting', waiting }));
      }
      deskCase.status.set({
        queueName: queue.name,
        positionInQueue: index + 1,
        estimatedWaitSeconds: this.estimate(queue, index + 1),
      });
    }
    meters.waiting(queue.id, ordered.length);
    this.#tellQueue(queue);
  }

  /** Tells who is there, how they are, and what that means for the queues. */
  settlePeople(): void {
    for (const present of this.parts.people.all) {
      const person = this.#personView(present);
      const text = JSON.stringify(person);
      if (text === present.toldText) continue;
      present.toldText = text;
      this.tellAll({ type: 'person', person });
    }
    for (const queue of this.parts.queues.all) this.#tellQueue(queue);
  }

  /** Tells the others that a person is gone. */
  tellGone(present: PresentPerson): void {
    this.tellAll({ type: 'person', person: this.#personView(present) });
  }

  tellAll(event: DeskEvent): void {
    for (const { feed } of this.parts.people.all) feed.tell(event);
  }

  /** Tells those who follow a chat what was said. Whoever wrote it knows it by their own id. */
  tellLine(deskCase: DeskCase, line: LineView): void {
    const { sessionId } = deskCase.record;
    const sending = deskCase.sending.get(line.messageId);
    for (const { person, feed } of this.#hearers(deskCase)) {
      const own = sending?.personId === person.id ? { ...line, clientId: sending.clientId } : line;
      feed.tell({ type: 'line', sessionId, line: own, unreadCount: unreadCount(deskCase, person.id) });
    }
  }

  tellNote(deskCase: DeskCase, note: NoteView): void {
    for (const { feed } of this.#hearers(deskCase)) feed.tell({ type: 'note', note });
  }

  /** Somebody in a case types, or no longer; null is the visitor. True when that is news. */
  setTyping(deskCase: DeskCase, person: DeskPerson | null, state: TypingState): boolean {
    const key = person?.id ?? '';
    const running = deskCase.typing.get(key);
    running?.cancel();
    deskCase.typing.delete(key);
    if (state === 'TYPING_STATE_STARTED') {
      const stop = (): void => void this.setTyping(deskCase, person, 'TYPING_STATE_STOPPED');
      deskCase.typing.set(key, this.parts.timers.after(TYPING_MS, stop));
    } else if (!running) return false;
    if (person) deskCase.handoff.report({ type: 'desk-typing', state, agent: liveAgent(person) });
    if (running && state === 'TYPING_STATE_STARTED') return false;
    const by = person ? { id: person.id, name: person.name } : null;
    const { sessionId } = deskCase.record;
    // Supervisors who no longer follow the chat, but see it, may have been told that somebody types.
    const told = state === 'TYPING_STATE_STOPPED' ? this.#onlookers(deskCase) : this.#hearers(deskCase);
    for (const each of told) {
      if (each.person.id !== key) each.feed.tell({ type: 'typing', typing: { sessionId, person: by, state } });
    }
    return true;
  }

  /** What those who come back must know of typing: who types now, and that the others don't. */
  *typingSeenBy({ id }: DeskPerson): Generator<DeskEvent> {
    for (const { record, typing, watchers } of this.cases.values()) {
      const { sessionId, people } = record;
      if (!people.some((person) => person.id === id) && !watchers.has(id)) continue;
      for (const person of [null, ...people]) {
        if (person?.id === id) continue;
        const state = typing.has(person?.id ?? '') ? 'TYPING_STATE_STARTED' : 'TYPING_STATE_STOPPED';
        yield { type: 'typing', typing: { sessionId, person, state } };
      }
    }
  }

  /** Keeps a case as it is now. Should that fail, the journal still says who has it. */
  save(deskCase: DeskCase): Promise<void> {
    const { sessionId } = deskCase.record;
    return this.parts.store.saveCase(structuredClone(deskCase.record)).catch((error: unknown) => {
      this.parts.log.error({ sessionId, err: error }, 'A case of the desk was not kept');
    });
  }

  /** How long somebody at a position will wait; undefined when nobody can tell. */
  estimate(queue: Queue, position: number): number | undefined {
    return estimatedWaitSeconds(position, this.pastWaits.get(queue.id) ?? []);
  }

  /** People who follow what is said in a case. */
  *#hearers(deskCase: DeskCase): Generator<PresentPerson> {
    if (isWaiting(deskCase)) return;
    for (const present of this.parts.people.all) {
      const { id } = present.person;
      if (isIn(deskCase, id) || deskCase.watchers.has(id)) yield present;
    }
  }

  /** People who see a case as a chat, whether they follow it or not. */
  *#onlookers(deskCase: DeskCase): Generator<PresentPerson> {
    for (const present of this.parts.people.all) if (seesChat(present.person, deskCase)) yield present;
  }

  #tellQueue(queue: Queue): void {
    const view = this.#queueView(queue);
    const text = JSON.stringify(view);
    if (this.#toldQueues.get(queue.id) === text) return;
    this.#toldQueues.set(queue.id, text);
    this.tellAll({ type: 'queue', queue: view });
  }

  #queueView(queue: Queue) {
    const { people, clock } = this.parts;
    return queueView(queue, { cases: [...this.cases.values()], people: people.all, nowMs: clock.nowMs() });
  }

  #personView(present: PresentPerson) {
    return personView(present, { cases: [...this.cases.values()], queues: this.parts.queues });
  }
}

/** A person as visitors see them. */
export function liveAgent({ id, name, avatarUrl }: PersonRef & Pick<DeskPerson, 'avatarUrl'>): LiveAgent {
  return { id, name, ...(avatarUrl !== undefined && { avatarUrl }) };
}

function remembered<View extends { sessionId: string }>(told: Map<string, Told>, kind: Told['kind'], view: View): View {
  told.set(view.sessionId, { kind, text: JSON.stringify(view) });
  return view;
}

function tellIfNew(told: Map<string, Told>, kind: Told['kind'], view: { sessionId: string }, tell: () => void): void {
  const text = JSON.stringify(view);
  const known = told.get(view.sessionId);
  if (known?.kind === kind && known.text === text) return;
  told.set(view.sessionId, { kind, text });
  tell();
}

/** A case that was seen as something else than `kind` is no longer that. */
function endOther(seen: {
  told: Map<string, Told>;
  feed: PresentPerson['feed'];
  sessionId: string;
  kind: Told['kind'] | null;
  change: Change;
}): void {
  const { told, feed, sessionId, kind, change } = seen;
  const known = told.get(sessionId)?.kind;
  if (known === undefined || known === kind) return;
  told.delete(sessionId);
  const { by } = change;
  feed.tell(
    known === 'waiting'
      ? { type: 'waiting-over', sessionId, why: change.waiting, by }
      : { type: 'chat-over', sessionId, why: change.chat, by },
  );
}
