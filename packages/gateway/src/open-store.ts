// Opens the database that the configuration names.
import type { Config } from './config/index.ts';
import type { Log } from './kit/index.ts';
import { openSqliteStore } from './store/index.ts';
import type { Store } from './store/index.ts';

/** The store. Rejects with a `StoreError`. Should its thread die later, the process has nothing left to do and crashes. */
export async function openStore({ database }: Pick<Config, 'database'>, log: Log): Promise<Store> {
  return openSqliteStore({ file: database.path, log, onFailure: crash });
}

function crash(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
