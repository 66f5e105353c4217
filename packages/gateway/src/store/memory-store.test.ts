import { createMemoryStore } from './memory-store.ts';
import { describeStore } from './test/store-contract.ts';

describeStore('in memory', async () => createMemoryStore());
