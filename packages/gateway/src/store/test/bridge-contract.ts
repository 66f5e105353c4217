// What every store must do for the bridge to other desks, as a suite that runs over each of them.
import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeCaseRecord, DeliveryRecord } from '../../handoff/index.ts';
import type { Store } from '../store.ts';
import { entriesAt, sessionInfo } from './sample-sessions.ts';

/** A case that is open. */
function bridgeCase(id: string, changes: Partial<BridgeCaseRecord> = {}): BridgeCaseRecord {
  return { id, sessionId: 's1', deskId: 'concierge', waitingSinceMs: 1, closedMs: null, ...changes };
}

/** A delivery that waits. */
function delivery(id: string, changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id,
    caseId: 'c1',
    number: 1,
    type: 'requested',
    body: '{}',
    sequence: null,
    status: 'waiting',
    tries: 0,
    createdMs: 1,
    triedMs: null,
    dueMs: 1,
    answer: null,
    ...changes,
  };
}

/** Runs the suite; `current` gives the empty store of the test. */
export function describeBridge(current: () => Store): void {
  describe('keeping the bridge', () => {
    let store: Store;
    beforeEach(async () => {
      store = current();
      await store.create(sessionInfo('s1'), entriesAt(1));
    });

    it('finds cases as they were saved last, and those that are open', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      await store.bridge.saveCase(bridgeCase('c2'));
      await store.bridge.saveCase(bridgeCase('c2', { closedMs: 9 }));
      expect(await store.bridge.findCase('c2')).toEqual(bridgeCase('c2', { closedMs: 9 }));
      expect(await store.bridge.findCase('c3')).toBeUndefined();
      expect(await store.bridge.openCases()).toEqual([bridgeCase('c1')]);
    });

    it('keeps what a carrier remembers, whatever becomes of the case besides', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      expect(await store.bridge.remembered('c1')).toEqual({});
      await store.bridge.remember('c1', { conversationId: 7 });
      await store.bridge.saveCase(bridgeCase('c1', { closedMs: 9 }));
      expect(await store.bridge.remembered('c1')).toEqual({ conversationId: 7 });
      expect(await store.bridge.remembered('c2')).toEqual({});
    });

    it('keeps an event once, by its case and its id', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      await store.bridge.keepEvent('c1', 'e1', { sha256: 'a', applied: true });
      await store.bridge.keepEvent('c1', 'e1', { sha256: 'b', applied: false });
      expect(await store.bridge.findEvent('c1', 'e1')).toEqual({ sha256: 'a', applied: true });
      expect(await store.bridge.findEvent('c1', 'e2')).toBeUndefined();
      expect(await store.bridge.findEvent('c2', 'e1')).toBeUndefined();
    });

    it('tells deliveries in the order of their numbers, and those that wait', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      await store.deliveries.save(delivery('d2', { number: 2 }));
      await store.deliveries.save(delivery('d1'));
      const made = delivery('d1', { status: 'delivered', tries: 1, triedMs: 5, answer: '200' });
      await store.deliveries.save(made);
      expect(await store.deliveries.ofCase('c1')).toEqual([made, delivery('d2', { number: 2 })]);
      expect(await store.deliveries.waiting()).toEqual([delivery('d2', { number: 2 })]);
    });

    it('lets a delivery wait again', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      const givenUp = delivery('d1', { status: 'given-up', tries: 9, triedMs: 5, dueMs: 4, answer: '500' });
      await store.deliveries.save(givenUp);
      expect(await store.deliveries.replay('d1', 70)).toBe(true);
      expect(await store.deliveries.waiting()).toEqual([{ ...givenUp, status: 'waiting', tries: 0, dueMs: 70 }]);
      expect(await store.deliveries.replay('d2', 70)).toBe(false);
    });

    it('keeps nothing for a session or a case that is not there', async () => {
      await store.bridge.saveCase(bridgeCase('c1', { sessionId: 'nobody' }));
      expect(await store.bridge.openCases()).toEqual([]);
      await store.deliveries.save(delivery('d1'));
      expect(await store.deliveries.waiting()).toEqual([]);
      await store.bridge.keepEvent('c1', 'e1', { sha256: 'a', applied: true });
      expect(await store.bridge.findEvent('c1', 'e1')).toBeUndefined();
    });

    it('forgets all of it with the session', async () => {
      await store.bridge.saveCase(bridgeCase('c1'));
      await store.deliveries.save(delivery('d1'));
      await store.bridge.keepEvent('c1', 'e1', { sha256: 'a', applied: true });
      store.append('s1', { entries: entriesAt(2), marks: { endedMs: 5 } }, () => {});
      expect(await store.purge({ endedBeforeMs: 6 })).toBe(1);
      expect(await store.bridge.findCase('c1')).toBeUndefined();
      expect(await store.deliveries.ofCase('c1')).toEqual([]);
      expect(await store.bridge.findEvent('c1', 'e1')).toBeUndefined();
    });
  });
}
