// Takes events of desks: those of a case one after the other, each once however often it comes.
import { createHash } from 'node:crypto';
import { encodeBridgeEvent } from '@parley/protocol';
import type { BridgeErrorName, BridgeEvent } from '@parley/protocol';
import type { Log, Timers } from '../../kit/index.ts';
import type { DeliveryMeters } from '../deliveries/delivery-meters.ts';
import { isSendable } from '../desk/message-content.ts';
import type { BridgeCaseRecord, BridgeStore } from '../ports/bridge-store.ts';
import { applyEvent } from './apply-event.ts';
import type { BridgeCase } from './bridge-case.ts';

/** What becomes of an event. `unavailable`: it may come again, for nothing happened. */
export type EventAnswer = { ok: true; applied: boolean } | { ok: false; error: BridgeErrorName | 'unavailable' };

/** What is needed to take events. */
export interface EventTakerParts {
  cases: BridgeStore;
  /** The case if it is open, its session loaded if need be. */
  openCase: (record: BridgeCaseRecord) => Promise<BridgeCase | undefined>;
  timers: Timers;
  log: Log;
  meters: DeliveryMeters;
}

/** Takes an event of a case. */
export type EventTaker = (record: BridgeCaseRecord, event: BridgeEvent) => Promise<EventAnswer>;

/** Makes the taker. */
export function createEventTaker({ cases, openCase, timers, log, meters }: EventTakerParts): EventTaker {
  /** The last event of each case that is being taken. */
  const taking = new Map<string, Promise<unknown>>();

  function inTurn<Result>(caseId: string, work: () => Promise<Result>): Promise<Result> {
    const done = (taking.get(caseId) ?? Promise.resolve()).then(work, work);
    taking.set(caseId, done);
    const forget = (): void => {
      if (taking.get(caseId) === done) taking.delete(caseId);
    };
    done.then(forget, forget);
    return done;
  }

  async function take(record: BridgeCaseRecord, event: BridgeEvent): Promise<EventAnswer> {
    const { id: caseId } = record;
    const sha256 = createHash('sha256').update(encodeBridgeEvent(event)).digest('hex');
    const taken = await cases.findEvent(caseId, event.id);
    if (taken && taken.sha256 !== sha256) return refuse(event, 'idReused');
    if (taken) {
      meters.event(event.type, 'repeated');
      return { ok: true, applied: taken.applied };
    }
    if (event.type === 'message' && !isSendable(event)) return refuse(event, 'invalidEvent');
    const opened = await openCase(record);
    if (!opened) return refuse(event, (await isOver(caseId)) ? 'caseOver' : 'unavailable');
    const outcome = await applyEvent(opened, event, timers);
    if (outcome === 'nobody-joined') return refuse(event, 'nobodyJoined');
    if (outcome === 'lost') return refuse(event, 'unavailable');
    const applied = outcome === 'applied';
    // Typing says the same however often it comes.
    if (event.type !== 'typing') await cases.keepEvent(caseId, event.id, { sha256, applied });
    meters.event(event.type, outcome);
    log.debug({ caseId, sessionId: record.sessionId, type: event.type, applied }, 'A desk told something');
    return { ok: true, applied };
  }

  function refuse(event: BridgeEvent, error: BridgeErrorName | 'unavailable'): EventAnswer {
    meters.event(event.type, 'refused');
    return { ok: false, error };
  }

  async function isOver(caseId: string): Promise<boolean> {
    const record = await cases.findCase(caseId);
    return record === undefined || record.closedMs !== null;
  }

  return (record, event) => inTurn(record.id, () => take(record, event));
}
