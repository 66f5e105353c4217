// Puts Parley's own desk together: what hand-offs bring comes in by the port, what people do by their connections.
import type { Clock, Log, Meter, NewId, Timer, Timers } from '../../kit/index.ts';
import { isOpen } from '../opening-hours.ts';
import type { CaseRecord, DeskStore } from '../ports/desk-store.ts';
import { DeskError } from '../ports/handoff-desk.ts';
import type { CaseEnd, HandoffCase } from '../ports/handoff-desk.ts';
import type { Queue, Queues } from '../queues.ts';
import { leaveAlone, requeue, settle, stepOut, stopTypingOf } from './case-moves.ts';
import { isIn } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskNews } from './desk-events.ts';
import { deskMeters } from './desk-meters.ts';
import type { DeskEntry, DeskService } from './desk-service.ts';
import { DeskState, PAST_WAITS } from './desk-state.ts';
import type { Change, DeskStateParts } from './desk-state.ts';
import type { CannedReply } from './desk-views.ts';
import { doAction } from './do-action.ts';
import { makeCase } from './make-case.ts';
import { lineView } from './make-views.ts';
import { createPresentPeople } from './present-people.ts';
import type { PresentPerson } from './present-people.ts';
import { refused } from './refusals.ts';
import { beginAbsence, changeVisitor } from './visitor-presence.ts';
import { acknowledge } from './write-to-visitor.ts';

/** Sessions of open cases are loaded at the start; whatever was not asked for by then has none. */
const UNCLAIMED_MS = 60_000;
/** A session that broke is loaded again after this. */
const RELOAD_MS = 1_000;
/** Opening hours begin and end on the minute. */
const HOURS_ROUND_MS = 60_000;

/** What the desk needs from its house. */
export interface DeskServiceParts {
  queues: Queues;
  cannedReplies: readonly CannedReply[];
  /** Makes a token with which a person takes the call of a conversation; undefined when that is gone. */
  callToken: DeskStateParts['callToken'];
  store: DeskStore;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
  /** Loads a session again that left the memory although the desk has it. */
  reload(sessionId: string): void;
}

/** Makes the desk. */
export function createDeskService(parts: DeskServiceParts): DeskService {
  const { queues, clock, timers, store, log } = parts;
  /** Queues that agents make up are many, perhaps. */
  const knownIds = new Set(queues.all.map(({ id }) => id));
  const meters = deskMeters(parts.meter, (queueId) => (knownIds.has(queueId) ? queueId : 'other'));
  const people = createPresentPeople({ ...parts, onVanished });
  const desk = new DeskState({ ...parts, people, meters });
  /** Cases of a former process, or of sessions that left the memory, by session id. */
  const left = new Map<string, CaseRecord>();
  const running = new Set<Timer>();
  let stopped = false;

  function later(delayMs: number, action: () => void): void {
    const timer = timers.after(delayMs, () => {
      running.delete(timer);
      action();
    });
    running.add(timer);
  }

  function queueFor(handoff: HandoffCase): Queue {
    const kept = handoff.human && left.get(handoff.sessionId);
    return (kept && queues.byId(kept.queueId)) ?? queues.called(handoff.queue);
  }

  function onVanished(present: PresentPerson): void {
    const { id, name } = present.person;
    for (const deskCase of desk.cases.values()) {
      deskCase.watchers.delete(id);
      if (isIn(deskCase, id)) giveBack(deskCase, { id, name });
    }
    desk.tellGone(present);
    desk.settlePeople();
  }

  function giveBack(deskCase: DeskCase, person: { id: string; name: string }): void {
    if (deskCase.record.people.length > 1) {
      stepOut(desk, deskCase, person);
      return;
    }
    const { queue } = deskCase;
    if (queue.afterVanish !== 'queue') {
      leaveAlone(desk, deskCase, queue.afterVanish);
      return;
    }
    const change = { waiting: 'moved', chat: 'requeued', by: person } as const;
    requeue(desk, deskCase, { queue, atHead: true, message: queue.requeuedMessage, change });
  }

  function close(deskCase: DeskCase, why: CaseEnd): void {
    const { record } = deskCase;
    stopTypingOf(desk, deskCase, () => true);
    desk.cases.delete(record.sessionId);
    deskCase.absence?.cancel();
    deskCase.status.cancel();
    for (const timer of deskCase.typing.values()) timer.cancel();
    for (const sending of deskCase.sending.values()) sending.settle(refused('failed'));
    if (why === 'unloaded') {
      left.set(record.sessionId, record);
      if (!stopped) later(RELOAD_MS, () => parts.reload(record.sessionId));
    } else {
      record.closedMs = clock.nowMs();
      void desk.save(deskCase);
      meters.closed(record, deskCase.dismissed ? 'dismissed' : why);
    }
    settle(desk, deskCase, changeFor(why));
  }

  function presentAs({ person, availability }: Pick<DeskEntry, 'person' | 'availability'>): PresentPerson {
    const present = people.get(person.id);
    const entered = people.enter(person);
    entered.availability = availability ?? present?.availability ?? 'away';
    return entered;
  }

  async function act(present: PresentPerson, action: Parameters<typeof doAction>[2]) {
    try {
      return await doAction(desk, present, action);
    } catch (error) {
      log.error({ personId: present.person.id, action: action.type, err: error }, 'An action at the desk crashed');
      return refused('failed');
    }
  }

  return {
    async start() {
      for (const record of await store.openCases()) left.set(record.sessionId, record);
      for (const { id: queueId } of queues.all) {
        const joined = await store.joinedCases({ queueId, limit: PAST_WAITS });
        const waits = joined.map(({ joinedMs, openedMs, firstPosition }) => ({
          waitedMs: (joinedMs ?? openedMs) - openedMs,
          firstPosition,
        }));
        desk.pastWaits.set(queueId, waits.reverse());
      }
      later(UNCLAIMED_MS, () => {
        for (const record of left.values()) void store.saveCase({ ...record, closedMs: clock.nowMs() }).catch(() => {});
        left.clear();
      });
      running.add(timers.every(HOURS_ROUND_MS, () => desk.settlePeople()));
    },

    stop() {
      stopped = true;
      people.stop();
      for (const timer of running) timer.cancel();
      for (const { absence, status, typing } of desk.cases.values()) {
        absence?.cancel();
        status.cancel();
        for (const timer of typing.values()) timer.cancel();
      }
    },

    async open(handoff) {
      const { sessionId } = handoff;
      const queue = queueFor(handoff);
      if (!handoff.accepted && !isOpen(queue, clock.nowMs())) {
        throw new DeskError('the queue is closed', { refused: true, reason: 'closed' });
      }
      const deskCase = makeCase({ handoff, queue, kept: left.get(sessionId) }, parts);
      left.delete(sessionId);
      desk.cases.set(sessionId, deskCase);
      for (const person of deskCase.record.people) people.expect(person);
      if (!handoff.visitor.connected) beginAbsence(desk, deskCase);
      await store.saveCase(structuredClone(deskCase.record));
      if (desk.cases.get(sessionId) !== deskCase) return;
      if (!deskCase.ready) {
        deskCase.ready = true;
        handoff.report({ type: 'desk-accepted', queueName: queue.name });
        deskCase.record.firstPosition = Math.max(1, desk.inOrder(queue).indexOf(deskCase) + 1);
      }
      settle(desk, deskCase, changeFor('unloaded'));
    },

    async deliver(sessionId, line) {
      const deskCase = desk.cases.get(sessionId);
      if (!deskCase) throw new Error('the desk does not have this case');
      desk.setTyping(deskCase, null, 'TYPING_STATE_STOPPED');
      const view = lineView(line);
      deskCase.lines.push(view);
      desk.tellLine(deskCase, view);
      if (deskCase.record.people.length === 0) desk.show(deskCase);
    },

    shown(sessionId, line) {
      const deskCase = desk.cases.get(sessionId);
      if (deskCase) acknowledge(desk, deskCase, lineView(line));
    },

    typing(sessionId, state) {
      const deskCase = desk.cases.get(sessionId);
      if (deskCase) desk.setTyping(deskCase, null, state);
    },

    visitorChanged(sessionId, visitor) {
      const deskCase = desk.cases.get(sessionId);
      if (deskCase) changeVisitor(desk, deskCase, visitor);
    },

    close(sessionId, why) {
      const deskCase = desk.cases.get(sessionId);
      if (deskCase) close(deskCase, why);
    },

    connect(entry) {
      const present = presentAs(entry);
      const { feed } = present;
      const listen = (news: DeskNews): void => entry.listen(news);
      let open = true;
      people.connected(present);
      const missed = feed.listen(listen, entry.cursor);
      if (missed) {
        for (const news of missed) listen(news);
        for (const event of desk.typingSeenBy(present.person)) listen({ cursor: feed.now(), event });
      } else listen({ cursor: feed.now(), event: { type: 'desk', desk: desk.viewFor(present) } });
      desk.settlePeople();
      return {
        do: (action) => act(present, action),
        close() {
          if (!open) return;
          open = false;
          feed.stop(listen);
          people.disconnected(present);
          if (present.connections === 0) {
            for (const deskCase of desk.cases.values()) stopTypingOf(desk, deskCase, (id) => id === present.person.id);
          }
          desk.settlePeople();
        },
      };
    },

    act(person, action) {
      const isNew = !people.get(person.id);
      const present = presentAs({ person });
      if (isNew) desk.viewFor(present);
      return act(present, action);
    },

    personIn: ({ sessionId, personId }) => desk.cases.get(sessionId)?.record.people.find(({ id }) => id === personId),

    // What is told over connections goes by what was told there before, and is not to be disturbed.
    view: (person) => desk.viewFor({ ...presentAs({ person }), told: new Map() }),
  };
}

function changeFor(why: CaseEnd): Change {
  switch (why) {
    case 'ended':
      return { waiting: 'left', chat: 'over', by: null };
    case 'returned':
      return { waiting: 'returned', chat: 'returned', by: null };
    case 'timed-out':
      return { waiting: 'timed-out', chat: 'over', by: null };
    case 'failed':
    case 'unloaded':
      return { waiting: 'failed', chat: 'over', by: null };
  }
}
