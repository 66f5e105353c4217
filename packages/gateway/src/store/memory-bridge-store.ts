// The bridge's part of the store in memory.
import type {
  BridgeCaseRecord,
  BridgeStore,
  DeliveryRecord,
  DeliveryStore,
  Remembered,
  TakenEvent,
} from '../handoff/index.ts';
import { asIfNew } from './replayed-delivery.ts';

/** The parts, and `forget`, which lets go of what belongs to a session that is gone. */
export interface MemoryBridge {
  bridge: BridgeStore;
  deliveries: DeliveryStore;
  forget(sessionId: string): void;
}

/** Cases, events and deliveries of the sessions that `has` knows. */
export function bridgeInMemory(has: (sessionId: string) => boolean): MemoryBridge {
  const cases = new Map<
    string,
    { record: BridgeCaseRecord; remembered: Remembered; events: Map<string, TakenEvent> }
  >();
  const deliveries = new Map<string, DeliveryRecord>();
  const inOrder = (isWanted: (record: DeliveryRecord) => boolean): DeliveryRecord[] =>
    structuredClone([...deliveries.values()].filter(isWanted).sort((one, other) => one.number - other.number));
  return {
    bridge: {
      async findCase(id) {
        return structuredClone(cases.get(id)?.record);
      },
      async openCases() {
        return structuredClone([...cases.values()].map(({ record }) => record)).filter(
          ({ closedMs }) => closedMs === null,
        );
      },
      async saveCase(saved) {
        const record = structuredClone(saved);
        const kept = cases.get(record.id);
        if (kept) kept.record = record;
        else if (has(record.sessionId)) cases.set(record.id, { record, remembered: {}, events: new Map() });
      },
      async remembered(caseId) {
        return structuredClone(cases.get(caseId)?.remembered ?? {});
      },
      async remember(caseId, remembered) {
        const kept = cases.get(caseId);
        if (kept) kept.remembered = structuredClone(remembered);
      },
      async findEvent(caseId, id) {
        return cases.get(caseId)?.events.get(id);
      },
      async keepEvent(caseId, id, event) {
        const events = cases.get(caseId)?.events;
        if (events && !events.has(id)) events.set(id, event);
      },
    },
    deliveries: {
      async save(record) {
        if (cases.has(record.caseId)) deliveries.set(record.id, structuredClone(record));
      },
      async waiting() {
        return inOrder(({ status }) => status === 'waiting');
      },
      async ofCase(caseId) {
        return inOrder((record) => record.caseId === caseId);
      },
      async replay(id, nowMs) {
        const record = deliveries.get(id);
        if (record) deliveries.set(id, asIfNew(record, nowMs));
        return record !== undefined;
      },
    },
    forget(sessionId) {
      for (const [caseId, { record }] of cases) {
        if (record.sessionId !== sessionId) continue;
        cases.delete(caseId);
        for (const [id, delivery] of deliveries) if (delivery.caseId === caseId) deliveries.delete(id);
      }
    },
  };
}
