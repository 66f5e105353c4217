// What every store must do, as a suite that runs over each of them.
import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../store.ts';
import { describeBridge } from './bridge-contract.ts';
import { describeConnectors } from './connector-contract.ts';
import { describeDesk } from './desk-contract.ts';
import { describeSessions } from './session-contract.ts';

/** Runs the suite over a kind of store; `open` makes an empty one. */
export function describeStore(kind: string, open: () => Promise<Store>): void {
  describe(`a store ${kind}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describeSessions(() => store);
    describeConnectors(() => store);
    describeDesk(() => store);
    describeBridge(() => store);
  });
}
