// The bridge to desks of others: what hand-offs bring goes into the outbox, what desks tell goes to the session. Cases
// are durable, so a restart neither asks for a person twice nor forgets what was said meanwhile.
import { decodeBridgeDelivery } from '@parley/protocol';
import type { Clock, Log, Meter, NewId, Timer, Timers } from '../../kit/index.ts';
import { deliveryMeters } from '../deliveries/delivery-meters.ts';
import { createOutbox } from '../deliveries/outbox.ts';
import type { Destination } from '../deliveries/outbox.ts';
import { showsDeskGone } from '../deliveries/retry.machine.ts';
import { createQueueStatusTeller } from '../desk/queue-status-teller.ts';
import { isOpen } from '../opening-hours.ts';
import type { BridgeCaseRecord, BridgeStore } from '../ports/bridge-store.ts';
import type { DeliveryRecord, DeliveryStore } from '../ports/delivery-store.ts';
import { DeskError } from '../ports/handoff-desk.ts';
import type { CaseEnd, HandoffCase, HandoffDesk } from '../ports/handoff-desk.ts';
import type { Queues } from '../queues.ts';
import { dismiss } from './bridge-case.ts';
import type { BridgeCase } from './bridge-case.ts';
import { createCaseOutbox } from './case-outbox.ts';
import { createEventTaker } from './take-events.ts';
import type { EventTaker } from './take-events.ts';
import { tellTyping } from './tell-typing.ts';
import { endedContent } from './write-delivery.ts';

/** Sessions of open cases are loaded at the start; whatever was not asked for by then has none. */
const UNCLAIMED_MS = 60_000;
/** A session that broke is loaded again after this. */
const RELOAD_MS = 1_000;
/** A user who is back within this was never gone. */
const GONE_AFTER_MS = 10_000;

/** What the bridge needs from its house. */
export interface BridgeParts {
  cases: BridgeStore;
  deliveries: DeliveryStore;
  /** The desks, by id. */
  destinations: ReadonlyMap<string, Destination>;
  queues: Queues;
  /** Has a session in memory, if there is one. */
  load(sessionId: string): Promise<void>;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
}

/** The bridge. */
export interface Bridge {
  /** A desk as the coordinator sees it. */
  desk(deskId: string): HandoffDesk;
  /** Goes on with what a former process left. Call it before sessions are loaded. */
  start(): Promise<void>;
  stop(): void;
  findCase(caseId: string): Promise<BridgeCaseRecord | undefined>;
  /** Takes an event of a desk that is entitled to it. */
  take: EventTaker;
  /** Whether somebody has joined a case. */
  hasHuman(record: BridgeCaseRecord): Promise<boolean>;
}

/** Makes the bridge. */
export function createBridge(parts: BridgeParts): Bridge {
  const { clock, timers, newId, log, queues, destinations } = parts;
  const meters = deliveryMeters(parts.meter);
  const outbox = createOutbox({ ...parts, meters, destination: (deskId) => destinations.get(deskId), onSettled });
  const telling = createCaseOutbox({ ...parts, outbox });
  /** By session id. */
  const cases = new Map<string, BridgeCase>();
  /** Cases of a former process, or of sessions that left the memory, by session id. */
  const left = new Map<string, BridgeCaseRecord>();
  const running = new Set<Timer>();
  const started = Promise.withResolvers<void>();
  let stopped = false;

  function later(delayMs: number, action: () => void): void {
    const timer = timers.after(delayMs, () => {
      running.delete(timer);
      action();
    });
    running.add(timer);
  }

  async function open(deskId: string, handoff: HandoffCase): Promise<void> {
    const { sessionId, waitingSinceMs, visitor } = handoff;
    const opened: BridgeCase = {
      record: { id: newId(), sessionId, deskId, waitingSinceMs, closedMs: null },
      handoff,
      queue: queues.called(handoff.queue),
      human: handoff.human,
      told: { number: 0, sequence: 0 },
      adding: Promise.resolve(),
      begun: false,
      reached: false,
      failed: false,
      connected: visitor.connected,
      visitorThere: visitor.connected,
      leaving: null,
      status: createQueueStatusTeller(parts, (status) => void handoff.report({ type: 'desk-queue-status', status })),
      typing: new Map(),
      userTyping: { next: null, busy: false },
      sending: new Map(),
    };
    cases.set(sessionId, opened);
    const made = await telling.begin(opened, () => claim(opened));
    const [requested] = made;
    if (opened.failed) {
      throw new DeskError('the desk did not take the case', { refused: requested?.status === 'refused' });
    }
    // The former process died before the session knew.
    if (made.some(showsDeskGone)) throw new DeskError('the desk is gone', { refused: false });
    opened.begun = true;
    if (requested?.status === 'delivered') reached(opened);
    if (cases.get(sessionId) === opened) settleVisitor(opened);
  }

  /** Takes the record that a former process left of this hand-off. Throws when there is none and can't be one. */
  async function claim(opened: BridgeCase): Promise<void> {
    // Sessions may be asked for before it is known what was left.
    await started.promise;
    const { handoff, queue } = opened;
    const found = left.get(handoff.sessionId);
    left.delete(handoff.sessionId);
    if (found && goesOn(found, opened)) {
      opened.record = found;
      return;
    }
    if (found) await telling.finish(found);
    if (handoff.human) throw refusal(opened, 'this desk has nobody in the conversation', { refused: false });
    if (handoff.accepted || isOpen(queue, clock.nowMs())) return;
    throw refusal(opened, 'the queue is closed', { refused: true, reason: 'closed' });
  }

  function refusal(opened: BridgeCase, ...why: ConstructorParameters<typeof DeskError>): DeskError {
    opened.failed = true;
    return new DeskError(...why);
  }

  function settleVisitor(opened: BridgeCase): void {
    if (!opened.begun) return;
    if (!opened.connected) {
      opened.leaving ??= timers.after(GONE_AFTER_MS, () => setVisitorThere(opened, false));
      return;
    }
    opened.leaving?.cancel();
    opened.leaving = null;
    setVisitorThere(opened, true);
  }

  function setVisitorThere(opened: BridgeCase, isThere: boolean): void {
    if (opened.visitorThere === isThere) return;
    opened.visitorThere = isThere;
    telling.tell(opened, { type: isThere ? 'user_back' : 'user_left' }).catch(lost(opened.record));
  }

  function close(opened: BridgeCase, why: CaseEnd): void {
    const { sessionId } = opened.handoff;
    cases.delete(sessionId);
    dismiss(opened);
    const closed = why === 'unloaded' ? leave(opened) : end(opened, why);
    closed.catch(lost(opened.record));
  }

  /** The session left the memory, and will be back with the case. */
  async function leave(opened: BridgeCase): Promise<void> {
    await opened.adding;
    const { record } = opened;
    left.set(record.sessionId, record);
    if (!stopped) later(RELOAD_MS, () => void parts.load(record.sessionId).catch(lost(record)));
  }

  async function end(opened: BridgeCase, why: Exclude<CaseEnd, 'unloaded'>): Promise<void> {
    await telling.tell(opened, endedContent(why));
    opened.record.closedMs = clock.nowMs();
    await parts.cases.saveCase(opened.record);
  }

  function lost({ id: caseId }: BridgeCaseRecord): (error: unknown) => void {
    return (error) => log.error({ caseId, err: error }, 'A case of another desk could not be kept');
  }

  function onSettled(settled: DeliveryRecord, dropped: readonly DeliveryRecord[]): void {
    const { caseId, type, status } = settled;
    const opened = [...cases.values()].find(({ record }) => record.id === caseId);
    if (!opened) return;
    if (status === 'delivered') {
      if (type === 'requested') reached(opened);
      return;
    }
    if (type === 'requested') opened.failed = true;
    for (const each of [settled, ...dropped]) tellForwardFailed(opened, each);
    if (showsDeskGone(settled)) {
      opened.handoff.report({ type: 'desk-failed', refused: type === 'requested' && status === 'refused' });
    }
  }

  function tellForwardFailed({ handoff }: BridgeCase, { body }: DeliveryRecord): void {
    const delivery = decodeBridgeDelivery(body);
    if (delivery?.type !== 'user_message') return;
    handoff.report({ type: 'desk-forward-failed', messageId: delivery.line.messageId });
  }

  function reached(opened: BridgeCase): void {
    opened.reached = true;
    if (!destinations.get(opened.record.deskId)?.carrier.accepts) return;
    opened.handoff.report({ type: 'desk-accepted', queueName: opened.queue.name });
  }

  async function openCase({ id, sessionId, closedMs }: BridgeCaseRecord): Promise<BridgeCase | undefined> {
    if (closedMs !== null) return undefined;
    if (!cases.has(sessionId)) await parts.load(sessionId);
    const opened = cases.get(sessionId);
    await opened?.adding;
    return opened?.record.id === id && cases.get(sessionId) === opened ? opened : undefined;
  }

  return {
    desk: (deskId) => ({
      open: (handoff) => open(deskId, handoff),
      async deliver(sessionId, line) {
        const opened = cases.get(sessionId);
        if (!opened) throw new Error('the bridge does not have this case');
        await telling.tellLine(opened, line);
      },
      shown: (sessionId, line) => cases.get(sessionId)?.sending.get(line.messageId)?.(true),
      typing(sessionId, state) {
        const opened = cases.get(sessionId);
        const destination = destinations.get(deskId);
        if (opened?.reached && destination) tellTyping(opened, state, { ...parts, destination });
      },
      visitorChanged(sessionId, visitor) {
        const opened = cases.get(sessionId);
        if (!opened) return;
        opened.connected = visitor.connected;
        settleVisitor(opened);
      },
      close(sessionId, why) {
        const opened = cases.get(sessionId);
        if (opened) close(opened, why);
      },
    }),

    async start() {
      const former = await parts.cases.openCases();
      for (const record of former) left.set(record.sessionId, record);
      started.resolve();
      await outbox.start();
      later(UNCLAIMED_MS, () => {
        for (const record of former) {
          if (left.get(record.sessionId) !== record) continue;
          left.delete(record.sessionId);
          telling.finish(record).catch(lost(record));
        }
      });
    },

    stop() {
      stopped = true;
      outbox.stop();
      for (const timer of running) timer.cancel();
    },

    findCase: (caseId) => parts.cases.findCase(caseId),
    take: createEventTaker({ ...parts, openCase, meters }),
    hasHuman: async (record) => (await openCase(record))?.human != null,
  };
}

/** Whether what a former process left is this hand-off, and not an earlier one of the session. */
function goesOn(found: BridgeCaseRecord, { record, human }: BridgeCase): boolean {
  return found.deskId === record.deskId && (human !== null || found.waitingSinceMs === record.waitingSinceMs);
}
