export type * from './session/journal-entry.ts';
export type * from './session/session-info.ts';
export type * from './ports/session-store.ts';
