// The replay cursor: a plain number, or the older `seq:<n>`.

/** Where a replay begins: after this sequence. */
export interface Cursor {
  after: number;
  /** `unknown` for anything the protocol has no form for. */
  form: 'none' | 'number' | 'prefixed' | 'unknown';
}

/** Reads a cursor of any form. A malformed one never refuses a client: it replays everything. */
export function parseCursor(text: string | null | undefined): Cursor {
  if (text === null || text === undefined || text === '') return { after: 0, form: 'none' };
  const [, prefix, digits] = /^(seq:)?(\d{1,15})$/.exec(text) ?? [];
  if (digits === undefined) return { after: 0, form: 'unknown' };
  return { after: Number(digits), form: prefix ? 'prefixed' : 'number' };
}
