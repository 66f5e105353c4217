import { createMemoryStore } from './memory-store.ts';
import { describeCalls } from './test/call-contract.ts';
import { describeStore } from './test/store-contract.ts';

describeStore('in memory', async () => createMemoryStore());
describeCalls('in memory', async () => {
  const store = createMemoryStore();
  return { store, archive: store, close: () => store.close() };
});
