// What every store must do with connectors, as a suite that runs over each of them.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector } from '../../identity/index.ts';
import type { Store } from '../store.ts';

function connector(id: string, changes: Partial<Connector> = {}): Connector {
  return {
    id,
    tokens: [`${id}-token`],
    webrtcTokens: [`${id}-webrtc`],
    apiKeys: [`${id}-key`],
    account: 'acme',
    project: 'help',
    hosts: [],
    checkOrigin: true,
    agent: 'demo',
    maxConcurrentCalls: 5,
    ...changes,
  };
}

/** Runs the suite; `current` gives the empty store of the test. */
export function describeConnectors(current: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = current();
  });

  describe('keeping connectors', () => {
    it('finds a connector by its id and by each of its secrets', async () => {
      const full = connector('c1', {
        tokens: ['old', 'new'],
        hosts: [{ kind: 'domain', value: 'example.org' }],
        tokenExpiryMs: { old: 5_000 },
      });
      await store.save(full);
      await store.save(connector('c2'));
      expect(await store.find({ id: 'c1' })).toEqual(full);
      for (const tokenSha256 of ['old', 'new', 'c1-webrtc', 'c1-key']) {
        expect(await store.find({ tokenSha256 })).toEqual(full);
      }
      expect(await store.find({ id: 'old' })).toBeUndefined();
      expect(await store.find({ tokenSha256: 'c1' })).toBeUndefined();
    });

    it('replaces a connector, forgetting secrets it has no more', async () => {
      await store.save(connector('c1', { tokens: ['a', 'b'] }));
      await store.save(connector('c1', { tokens: ['b', 'c'], account: 'other' }));
      expect(await store.find({ tokenSha256: 'a' })).toBeUndefined();
      expect(await store.find({ tokenSha256: 'c' })).toMatchObject({ account: 'other' });
      expect(await store.list()).toHaveLength(1);
    });

    it('takes a secret that stands for several things in one connector', async () => {
      await store.save(connector('c1', { tokens: ['same'], webrtcTokens: ['same'], apiKeys: ['same'] }));
      expect(await store.find({ tokenSha256: 'same' })).toMatchObject({ id: 'c1' });
    });

    it('refuses a secret that belongs to another connector, and changes nothing', async () => {
      await store.save(connector('c1', { tokens: ['taken'] }));
      await store.save(connector('c2', { tokens: ['mine'] }));
      const save = store.save(connector('c2', { tokens: ['other'], apiKeys: ['taken'] }));
      await expect(save).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.find({ tokenSha256: 'taken' })).toMatchObject({ id: 'c1' });
      expect(await store.find({ tokenSha256: 'mine' })).toMatchObject({ id: 'c2' });
      expect(await store.find({ tokenSha256: 'other' })).toBeUndefined();
    });

    it('never keeps the keys of context tokens', async () => {
      await store.save(connector('c1', { contextKeys: [{ kid: 'k', secret: 'secret' }] }));
      expect(await store.find({ id: 'c1' })).toEqual(connector('c1'));
    });

    it('lists connectors by id', async () => {
      for (const id of ['b', 'c', 'a']) await store.save(connector(id));
      expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    it('removes a connector with its secrets, which are then free', async () => {
      await store.save(connector('c1', { tokens: ['token'] }));
      expect(await store.remove('c1')).toBe(true);
      expect(await store.remove('c1')).toBe(false);
      expect(await store.find({ tokenSha256: 'token' })).toBeUndefined();
      await store.save(connector('c2', { tokens: ['token'] }));
      expect(await store.find({ tokenSha256: 'token' })).toMatchObject({ id: 'c2' });
    });
  });
}
