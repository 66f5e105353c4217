// The door of the store: where sessions, connectors and records of calls are kept.
export type { Archive } from './archive.ts';
export { createMemoryStore } from './memory-store.ts';
export { startRetention } from './retention.ts';
export type { ArchivedSession, ArchiveQuery, SessionArchive, SessionSummary } from './session-archive.ts';
export { openSqliteArchive } from './sqlite/sqlite-archive.ts';
export { openSqliteStore } from './sqlite/sqlite-store.ts';
export type { Store } from './store.ts';
export { StoreError } from './store-error.ts';
