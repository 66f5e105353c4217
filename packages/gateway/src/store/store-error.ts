// How the store fails.

/**
 * What went wrong:
 * `conflict`: the write doesn't fit what is stored (a position is taken, a session exists, a token has another owner);
 * `failed`: the database couldn't do it (disk full, locked), a later try may succeed;
 * `unusable`: the store is closed or its thread is gone, nothing will succeed any more;
 * `version`: the database has a shape that this version of Parley doesn't work with.
 */
export type StoreErrorCode = 'conflict' | 'failed' | 'unusable' | 'version';

/** An expected failure of the store. The message names ids, never texts or tokens. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}
