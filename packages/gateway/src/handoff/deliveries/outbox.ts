// Makes deliveries: those of a case one after the other, each until it is made, refused or given up. What waits is
// durable, so a restart goes on with it; what somebody lets wait again is found within seconds.
import { decodeBridgeDelivery } from '@parley/protocol';
import type { Clock, Log, Timer, Timers } from '../../kit/index.ts';
import type { BridgeStore } from '../ports/bridge-store.ts';
import type { Carrier, TryOutcome } from '../ports/carrier.ts';
import type { DeliveryRecord, DeliveryStore } from '../ports/delivery-store.ts';
import type { DeliveryMeters } from './delivery-meters.ts';
import { afterTry, showsDeskGone } from './retry.machine.ts';

/** How soon a delivery is seen that another process lets wait again. */
const LOOK_MS = 5_000;

/** The desk a delivery is for. */
export interface Destination {
  carrier: Carrier;
  /** How long one try may take. */
  timeoutMs: number;
  /** How often a delivery is tried before it is given up. */
  maxTries: number;
}

/** What the outbox needs from its house. */
export interface OutboxParts {
  deliveries: DeliveryStore;
  cases: Pick<BridgeStore, 'findCase' | 'remembered' | 'remember'>;
  /** Undefined when the configuration no longer has the desk. */
  destination(deskId: string): Destination | undefined;
  /** A delivery will not be tried any more. `dropped`: those behind it won't be either, for the desk is gone. */
  onSettled(record: DeliveryRecord, dropped: readonly DeliveryRecord[]): void;
  clock: Clock;
  timers: Timers;
  log: Log;
  meters: DeliveryMeters;
}

/** The outbox. */
export interface Outbox {
  /** Goes on with what a former process left. */
  start(): Promise<void>;
  /** Stops, in the middle of a try if need be. */
  stop(): void;
  /** Takes a delivery. Resolves when it is durable. */
  add(record: DeliveryRecord): Promise<void>;
}

/** The deliveries of a case that wait, in order. */
interface Lane {
  waiting: DeliveryRecord[];
  busy: boolean;
  timer: Timer | null;
}

/** Creates an outbox that is not started. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { deliveries, cases, clock, timers, log, meters } = parts;
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  let looking: Timer | undefined;

  function put(record: DeliveryRecord): void {
    const lane = lanes.get(record.caseId) ?? { waiting: [], busy: false, timer: null };
    lanes.set(record.caseId, lane);
    const known = lane.waiting.find(({ id }) => id === record.id);
    // It is on its way, or will be no later than this.
    if (known && (lane.busy || known.dueMs <= record.dueMs)) return;
    lane.waiting = [...lane.waiting.filter((each) => each !== known), record];
    lane.waiting.sort((one, other) => one.number - other.number);
    count();
    go(record.caseId, lane);
  }

  function count(): void {
    meters.waiting([...lanes.values()].reduce((sum, { waiting }) => sum + waiting.length, 0));
  }

  /** Does the next thing in a lane, now or when it is due. */
  function go(caseId: string, lane: Lane): void {
    if (lane.busy || stopping.signal.aborted) return;
    lane.timer?.cancel();
    lane.timer = null;
    const [next] = lane.waiting;
    if (!next) {
      lanes.delete(caseId);
      return;
    }
    const waitMs = next.dueMs - clock.nowMs();
    if (waitMs > 0) {
      lane.timer = timers.after(waitMs, () => go(caseId, lane));
      return;
    }
    lane.busy = true;
    void make(next, lane).finally(() => {
      lane.busy = false;
      count();
      go(caseId, lane);
    });
  }

  async function make(record: DeliveryRecord, lane: Lane): Promise<void> {
    try {
      const { outcome, maxTries } = await tryOnce(record);
      if (stopping.signal.aborted) return;
      const after = afterTry(record, outcome, { nowMs: clock.nowMs(), maxTries });
      await deliveries.save(after);
      lane.waiting = lane.waiting.map((each) => (each.id === after.id ? after : each));
      tell(after);
      if (after.status === 'waiting') return;
      lane.waiting = lane.waiting.filter(({ id }) => id !== after.id);
      const dropped = showsDeskGone(after) ? takeAll(lane) : [];
      parts.onSettled(after, dropped);
      for (const record of dropped) await deliveries.save(record);
    } catch (error) {
      if (stopping.signal.aborted) return;
      // The store failed, so nothing can be said of the delivery; the next look finds it as it was.
      log.error({ deliveryId: record.id, caseId: record.caseId, err: error }, 'A delivery could not be made');
      lane.waiting = [];
    }
  }

  async function tryOnce(record: DeliveryRecord): Promise<{ outcome: TryOutcome; maxTries: number }> {
    const { caseId, body } = record;
    const found = await cases.findCase(caseId);
    const destination = found && parts.destination(found.deskId);
    const delivery = decodeBridgeDelivery(body);
    if (!destination || !delivery) return { outcome: { result: 'refused', answer: 'no desk' }, maxTries: 1 };
    const { carrier, timeoutMs, maxTries } = destination;
    const timeout = new AbortController();
    const timer = timers.after(timeoutMs, () => timeout.abort());
    try {
      const outcome = await carrier.deliver({
        body,
        delivery,
        again: record.triedMs !== null,
        remembered: await cases.remembered(caseId),
        remember: (remembered) => cases.remember(caseId, remembered),
        signal: AbortSignal.any([timeout.signal, stopping.signal]),
      });
      return { outcome, maxTries };
    } finally {
      timer.cancel();
    }
  }

  /** The desk is gone: what it was to be told is dropped. Nothing is awaited, so that nothing comes in between. */
  function takeAll(lane: Lane): DeliveryRecord[] {
    const dropped = lane.waiting.map((record): DeliveryRecord => ({ ...record, status: 'dropped' }));
    lane.waiting = [];
    for (const { type } of dropped) meters.tried(type, 'dropped');
    return dropped;
  }

  function tell({ id: deliveryId, caseId, type, number, status, tries, answer }: DeliveryRecord): void {
    meters.tried(type, status === 'waiting' ? 'retried' : status);
    const fields = { deliveryId, caseId, type, number, tries, answer };
    if (status === 'delivered') log.debug(fields, 'A desk was told');
    else if (status === 'waiting') log.warn(fields, 'A desk could not be told, and will be again');
    else log.error({ ...fields, status }, 'A desk could not be told');
  }

  async function look(): Promise<void> {
    try {
      for (const record of await deliveries.waiting()) if (!stopping.signal.aborted) put(record);
    } catch (error) {
      log.error({ err: error }, 'The deliveries that wait could not be read');
    }
  }

  return {
    async start() {
      for (const record of await deliveries.waiting()) put(record);
      looking = timers.every(LOOK_MS, () => void look());
    },
    stop() {
      stopping.abort();
      looking?.cancel();
      for (const { timer } of lanes.values()) timer?.cancel();
    },
    async add(record) {
      await deliveries.save(record);
      put(record);
    },
  };
}
