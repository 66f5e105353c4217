// What every store must do with sessions, as a suite that runs over each of them.
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredEntry } from '../../messaging/index.ts';
import type { Store } from '../store.ts';
import { appended, entriesAt, sessionInfo } from './sample-sessions.ts';

/** Runs the suite; `current` gives the empty store of the test. */
export function describeSessions(current: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = current();
  });

  describe('keeping sessions', () => {
    it('gives back a session as it was created and appended to', async () => {
      const info = sessionInfo('s1', { userAgent: 'Browser "1"', variantId: 'v', contextId: 'c' });
      await store.create(info, entriesAt(1, 2));
      const fact: StoredEntry = { position: 3, sequence: null, atMs: 7_000, text: '{"type":"start-failed"}' };
      await appended(store, 's1', { entries: [fact] });
      expect(await store.load('s1')).toEqual({
        info,
        activeMs: 1_000,
        entries: [...entriesAt(1, 2), fact],
        context: null,
      });
    });

    it('knows no session that was never created', async () => {
      expect(await store.load('nobody')).toBeUndefined();
      expect(await store.replay('nobody', { after: 0, limit: 10 })).toEqual([]);
      await expect(appended(store, 'nobody', { entries: entriesAt(1) })).rejects.toMatchObject({ code: 'conflict' });
    });

    it('refuses to create a session twice, and keeps the first one whole and writable', async () => {
      await store.create(sessionInfo('s1'), entriesAt(1));
      const again = store.create(sessionInfo('s1', { account: 'other' }), entriesAt(1, 3));
      await expect(again).rejects.toMatchObject({ code: 'conflict' });
      await appended(store, 's1', { entries: entriesAt(2) });
      expect(await store.load('s1')).toMatchObject({ info: sessionInfo('s1'), entries: entriesAt(1, 2) });
    });

    it('stores nothing of a session whose first entries are not the positions from 1 on', async () => {
      await expect(store.create(sessionInfo('s1'), entriesAt(2, 3))).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.load('s1')).toBeUndefined();
      await store.create(sessionInfo('s1'), entriesAt(1));
      expect((await store.load('s1'))?.entries).toEqual(entriesAt(1));
    });

    it('reports the appends of a session in the order they were given', async () => {
      await store.create(sessionInfo('s1'), entriesAt(1));
      const order: number[] = [];
      const reports = Array.from({ length: 50 }, (_, index) =>
        appended(store, 's1', { entries: entriesAt(index + 2) }).then(() => order.push(index)),
      );
      await Promise.all(reports);
      expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index));
      expect((await store.load('s1'))?.entries).toEqual(entriesAt(1, 51));
    });

    it('answers a read with all that was written before it, durable or not yet', async () => {
      const created = store.create(sessionInfo('s1'), entriesAt(1));
      const append = appended(store, 's1', { entries: entriesAt(2, 4) });
      store.note('s1', { activeMs: 9_000 });
      expect(await store.load('s1')).toMatchObject({ activeMs: 9_000, entries: entriesAt(1, 4) });
      await Promise.all([created, append]);
    });
  });

  describe('refusing what does not follow on', () => {
    beforeEach(async () => {
      await store.create(sessionInfo('s1'), entriesAt(1, 3));
      await store.create(sessionInfo('s2'), entriesAt(1, 3));
    });

    it.each([
      ['at a position that is taken', entriesAt(3)],
      ['that leaves a hole', entriesAt(5)],
      ['with a hole in it', [...entriesAt(4), ...entriesAt(6)]],
      ['that goes backwards', [...entriesAt(4), ...entriesAt(4)]],
    ])('stores nothing of an append %s', async (_, entries) => {
      const append = appended(store, 's1', { entries, marks: { endedMs: 5_000 } });
      await expect(append).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
      expect((await store.load('s1'))?.entries).toEqual(entriesAt(1, 3));
      const query = { activeBeforeMs: 2_000, messageBeforeMs: 0, unfinished: false, after: null, limit: 10 };
      expect(await store.due(query)).toEqual(['s1', 's2']);
    });

    it('lets the neighbours of a refused append through', async () => {
      const outcomes = await Promise.allSettled([
        appended(store, 's2', { entries: entriesAt(4) }),
        appended(store, 's1', { entries: entriesAt(2) }),
        appended(store, 's2', { entries: entriesAt(5) }),
        store.create(sessionInfo('s3'), entriesAt(1)),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      expect((await store.load('s2'))?.entries).toEqual(entriesAt(1, 5));
      expect((await store.load('s3'))?.entries).toEqual(entriesAt(1));
    });

    it('takes nothing more from a refused writer until the session is loaded again', async () => {
      const outcomes = await Promise.allSettled([
        appended(store, 's1', { entries: entriesAt(3) }),
        appended(store, 's1', { entries: entriesAt(4) }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await expect(appended(store, 's1', { entries: entriesAt(4) })).rejects.toMatchObject({ code: 'conflict' });
      expect((await store.load('s1'))?.entries).toEqual(entriesAt(1, 3));
      await appended(store, 's1', { entries: entriesAt(4) });
      expect((await store.load('s1'))?.entries).toEqual(entriesAt(1, 4));
    });
  });

  describe('replaying', () => {
    beforeEach(async () => {
      const fact: StoredEntry = { position: 3, sequence: null, atMs: 1_003, text: 'a fact' };
      const later = entriesAt(4, 6).map((entry) => ({ ...entry, sequence: entry.position - 1 }));
      await store.create(sessionInfo('s1'), [...entriesAt(1, 2), fact, ...later]);
      await store.create(sessionInfo('s2'), entriesAt(1));
    });

    const texts = (...positions: number[]) =>
      positions.flatMap((position) => entriesAt(position)).map(({ text }) => text);

    it.each([
      ['everything from the start, without facts', { after: 0, limit: 100 }, texts(1, 2, 4, 5, 6)],
      ['only what came after the sequence', { after: 2, limit: 100 }, texts(4, 5, 6)],
      ['no more than the limit', { after: 1, limit: 2 }, texts(2, 4)],
      ['the last one', { after: 4, limit: 1 }, texts(6)],
      ['nothing after the last one', { after: 5, limit: 100 }, []],
      ['nothing after a sequence still to come', { after: 99, limit: 100 }, []],
    ])('gives %s', async (_, from, expected) => {
      expect(await store.replay('s1', from)).toEqual(expected);
    });
  });

  describe('finding sessions that need attention', () => {
    const nothing = { activeBeforeMs: 0, messageBeforeMs: 0, unfinished: false, after: null, limit: 10 };

    beforeEach(async () => {
      await store.create(sessionInfo('old', { createdMs: 1_000 }), entriesAt(1));
      await store.create(sessionInfo('new', { createdMs: 5_000 }), entriesAt(1));
    });

    it('finds those not heard of since', async () => {
      expect(await store.due({ ...nothing, activeBeforeMs: 1_000 })).toEqual([]);
      expect(await store.due({ ...nothing, activeBeforeMs: 1_001 })).toEqual(['old']);
      store.note('old', { activeMs: 6_000 });
      expect(await store.due({ ...nothing, activeBeforeMs: 5_500 })).toEqual(['new']);
    });

    it('finds those without a message since', async () => {
      await appended(store, 'old', { entries: entriesAt(2), marks: { messageMs: 6_000 } });
      expect(await store.due({ ...nothing, messageBeforeMs: 5_500 })).toEqual(['new']);
      await appended(store, 'old', { entries: entriesAt(3) });
      expect(await store.due({ ...nothing, messageBeforeMs: 6_001 })).toEqual(['old', 'new']);
    });

    it('finds those left unfinished, when asked', async () => {
      await appended(store, 'new', { entries: entriesAt(2), marks: { unfinished: true } });
      expect(await store.due({ ...nothing, unfinished: true })).toEqual(['new']);
      expect(await store.due(nothing)).toEqual([]);
      await appended(store, 'new', { entries: [], marks: { unfinished: false } });
      expect(await store.due({ ...nothing, unfinished: true })).toEqual([]);
    });

    it('never finds those that ended', async () => {
      await appended(store, 'old', { entries: entriesAt(2), marks: { unfinished: true, endedMs: 2_000 } });
      const all = { activeBeforeMs: 9_000, messageBeforeMs: 9_000, unfinished: true, after: null, limit: 10 };
      expect(await store.due(all)).toEqual(['new']);
    });

    it('goes on after a session, and from the first after one that is not there', async () => {
      await store.create(sessionInfo('another', { createdMs: 1_000 }), entriesAt(1));
      const due = (after: string | null) => store.due({ ...nothing, activeBeforeMs: 9_000, after });
      expect(await due('old')).toEqual(['new', 'another']);
      expect(await due('another')).toEqual([]);
      expect(await due('stranger')).toEqual(['old', 'new', 'another']);
      store.note('old', { activeMs: 9_500 });
      expect(await due('old')).toEqual(['new', 'another']);
    });

    it('finds no more than the limit', async () => {
      expect(await store.due({ ...nothing, activeBeforeMs: 9_000, limit: 1 })).toHaveLength(1);
      expect(await store.due({ ...nothing, activeBeforeMs: 9_000, limit: Number.MAX_SAFE_INTEGER })).toHaveLength(2);
    });
  });

  describe('finding sessions by the id that integrators share', () => {
    const given = (position: number, attributes: object, atMs = 2_000): { entries: StoredEntry[] } => ({
      entries: [{ position, sequence: null, atMs, text: JSON.stringify({ type: 'attributes-set', attributes }) }],
    });
    const find = (sharedId: string, project = 'help') => store.findShared({ account: 'acme', project, sharedId });

    beforeEach(async () => {
      await store.create(sessionInfo('s1'), entriesAt(1));
      await store.create(sessionInfo('s2'), entriesAt(1));
    });

    it('finds the one that was given it last, over or not', async () => {
      await appended(store, 's2', { ...given(2, { shared_id: 'call-77' }, 3_000), marks: { endedMs: 3_000 } });
      await appended(store, 's1', given(2, { shared_id: 'call-77', tier: 'gold' }, 2_000));
      await appended(store, 's1', given(3, { tier: 'silver' }, 4_000));
      expect(await find('call-77')).toBe('s2');
      await appended(store, 's1', given(4, { shared_id: 'call-77' }, 5_000));
      expect(await find('call-77')).toBe('s1');
    });

    it('finds the one created last of those that were given it in the same moment', async () => {
      await appended(store, 's2', given(2, { shared_id: 'call-77' }));
      await appended(store, 's1', given(2, { shared_id: 'call-77' }));
      expect(await find('call-77')).toBe('s2');
    });

    it('finds none in another project, and none by what is no text or no attribute', async () => {
      await appended(store, 's1', given(2, { shared_id: 77, nested: { shared_id: 'inner' } }));
      const other = {
        position: 2,
        sequence: null,
        atMs: 2_000,
        text: '{"type":"other","attributes":{"shared_id":"x"}}',
      };
      await appended(store, 's2', { entries: [other] });
      for (const sharedId of ['77', 'inner', 'x']) expect(await find(sharedId)).toBeUndefined();
      await appended(store, 's1', given(3, { shared_id: 'call-77' }));
      expect(await find('call-77', 'sales')).toBeUndefined();
    });

    it('keeps attributes of any depth', async () => {
      const deep = JSON.parse(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`) as object;
      await appended(store, 's1', given(2, { shared_id: 'call-77', deep }));
      expect((await store.load('s1'))?.entries).toHaveLength(2);
    });
  });

  describe('noting', () => {
    beforeEach(() => store.create(sessionInfo('s1'), entriesAt(1)));

    it('keeps the last of many notes, and each kind apart', async () => {
      store.note('s1', { activeMs: 2_000 });
      store.note('s1', { context: '{"a":1}' });
      store.note('s1', { activeMs: 3_000 });
      expect(await store.load('s1')).toMatchObject({ activeMs: 3_000, context: '{"a":1}' });
      store.note('s1', { context: '{"a":2}' });
      expect(await store.load('s1')).toMatchObject({ activeMs: 3_000, context: '{"a":2}' });
    });

    it('forgets a context when told', async () => {
      store.note('s1', { context: '{"a":1}' });
      store.note('s1', { context: null });
      expect((await store.load('s1'))?.context).toBeNull();
    });

    it('forgets the context when the session ends, and takes none afterwards', async () => {
      store.note('s1', { context: '{"a":1}' });
      const ended = appended(store, 's1', { entries: entriesAt(2), marks: { endedMs: 4_000 } });
      store.note('s1', { context: '{"a":2}' });
      await ended;
      expect((await store.load('s1'))?.context).toBeNull();
      store.note('s1', { context: '{"a":3}' });
      expect((await store.load('s1'))?.context).toBeNull();
    });

    it('lets a note of an unknown session pass', async () => {
      store.note('nobody', { activeMs: 1, context: '{}' });
      expect(await store.load('nobody')).toBeUndefined();
    });
  });

  describe('purging', () => {
    it('deletes what ended before the moment, whole, and nothing else', async () => {
      const marks = (endedMs: number) => ({ entries: entriesAt(2), marks: { endedMs } });
      for (const id of ['going', 'old', 'newer']) await store.create(sessionInfo(id), entriesAt(1));
      await appended(store, 'old', marks(2_000));
      await appended(store, 'newer', marks(3_000));
      expect(await store.purge({ endedBeforeMs: 3_000 })).toBe(1);
      expect(await store.load('old')).toBeUndefined();
      expect(await store.replay('old', { after: 0, limit: 10 })).toEqual([]);
      expect((await store.load('newer'))?.entries).toEqual(entriesAt(1, 2));
      expect((await store.load('going'))?.entries).toEqual(entriesAt(1));
      expect(await store.purge({ endedBeforeMs: 3_000 })).toBe(0);
    });

    it('deletes many sessions and long ones, while others are written', async () => {
      const ended = { endedMs: 2_000 };
      await store.create(sessionInfo('long'), entriesAt(1, 1_800));
      await appended(store, 'long', { entries: [], marks: ended });
      for (let count = 0; count < 700; count++) {
        void store.create(sessionInfo(`short${count}`), entriesAt(1));
        void appended(store, `short${count}`, { entries: [], marks: ended });
      }
      await store.create(sessionInfo('going'), entriesAt(1));
      const purged = store.purge({ endedBeforeMs: 9_000 });
      await appended(store, 'going', { entries: entriesAt(2) });
      expect(await purged).toBe(701);
      expect(await store.load('long')).toBeUndefined();
      expect((await store.load('going'))?.entries).toEqual(entriesAt(1, 2));
    });
  });
}
