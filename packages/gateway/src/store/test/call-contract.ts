// What every store must do with records of calls, as a suite that runs over each of them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallArchive, CallRecord } from '../../voice/index.ts';
import type { Store } from '../store.ts';

/** A call that goes on. */
export function callRecord(callId: string, changes: Partial<CallRecord> = {}): CallRecord {
  return {
    callId,
    callSid: `sid of ${callId}`,
    sessionId: 's1',
    connectorId: 'site',
    account: 'acme',
    project: 'help',
    agentId: 'demo',
    variantId: null,
    build: null,
    requestedMode: 'end-to-end',
    mode: 'traditional',
    tokenKind: 'connector',
    userAgent: null,
    startedMs: 1_000,
    connectedMs: 1_200,
    endedMs: null,
    outcome: null,
    human: null,
    figures: {
      offerToAnswerMs: 20,
      answerToConnectedMs: 180,
      connectedToFirstAudioMs: null,
      path: 'host/relay udp',
      signalingDrops: 0,
      signalingReattaches: 0,
      interruptions: 0,
      up: { packets: 50, lost: 1, jitterMs: 2.5, rttMs: 40, concealedMs: 20, mos: 4.2 },
      down: null,
    },
    ...changes,
  };
}

/** A store, and whoever reads what it has written. */
export interface ReadStore {
  store: Store;
  archive: CallArchive;
  close(): Promise<void>;
}

/** Runs the suite over a kind of store; `open` makes an empty one. */
export function describeCalls(kind: string, open: () => Promise<ReadStore>): void {
  describe(`keeping records of calls ${kind}`, () => {
    let opened: ReadStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    /** Saves, and waits until it is there: an answer of the store knows of every write before it. */
    async function save(...records: CallRecord[]): Promise<void> {
      for (const record of records) opened.store.saveCall(record);
      await opened.store.list();
    }

    const ids = (query: Omit<Parameters<CallArchive['listCalls']>[0], 'limit'>, limit = 10): string =>
      opened.archive
        .listCalls({ ...query, limit })
        .map(({ callId }) => callId)
        .join(' ');

    it('shows a call as it was saved last, by its id and by the name the client gave it', async () => {
      await save(callRecord('c1'), callRecord('c2', { callSid: null }));
      const ended = callRecord('c1', { endedMs: 9_000, outcome: 'user_close', sessionId: 's2' });
      await save(ended);
      expect(opened.archive.showCall('c1')).toEqual(ended);
      expect(opened.archive.showCall('sid of c1')).toEqual(ended);
      expect(opened.archive.showCall('nobody')).toBeUndefined();
    });

    it('ends what a crash left open, and nothing else', async () => {
      const over = callRecord('over', { endedMs: 4_000, outcome: 'user_close' });
      await save(over, callRecord('cut', { endedMs: null, outcome: null }));
      opened.store.endLostCalls(9_000);
      await opened.store.list();
      expect(opened.archive.showCall('cut')).toMatchObject({ endedMs: 9_000, outcome: 'shutdown' });
      expect(opened.archive.showCall('over')).toEqual(over);
    });

    it('shows the newest of calls with one name, and an id before any name', async () => {
      await save(callRecord('new', { callSid: 'name', startedMs: 3_000 }), callRecord('old', { callSid: 'name' }));
      await save(callRecord('liar', { callSid: 'old', startedMs: 9_000 }));
      expect(opened.archive.showCall('name')?.callId).toBe('new');
      expect(opened.archive.showCall('old')?.callId).toBe('old');
    });

    it('lists calls, the newest first, of a project and since a moment', async () => {
      await save(callRecord('a'), callRecord('c', { startedMs: 2_000 }), callRecord('b', { startedMs: 2_000 }));
      await save(callRecord('d', { startedMs: 3_000, project: 'shop' }));
      expect(ids({})).toBe('d c b a');
      expect(ids({}, 2)).toBe('d c');
      expect(ids({ project: 'help' })).toBe('c b a');
      expect(ids({ project: 'help', sinceMs: 2_000 })).toBe('c b');
    });

    it('forgets calls with their age, those without an end by their beginning', async () => {
      await save(callRecord('old', { endedMs: 4_999 }), callRecord('young', { endedMs: 5_000 }));
      await save(callRecord('lost', { startedMs: 4_999 }), callRecord('live', { startedMs: 5_000 }));
      expect(await opened.store.purge({ endedBeforeMs: 5_000 })).toBe(0);
      expect(ids({})).toBe('live young');
    });

    it('forgets as many as there are', async () => {
      await save(...Array.from({ length: 502 }, (_, index) => callRecord(`c${index}`, { endedMs: index })));
      await opened.store.purge({ endedBeforeMs: 501 });
      expect(ids({})).toBe('c501');
    });
  });
}
