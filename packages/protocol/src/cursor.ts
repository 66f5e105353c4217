// The replay cursor: a plain number, or the older `seq:<n>`.

/** Where a replay begins: after this sequence. `understood` is false for anything the protocol has no form for. */
export interface Cursor {
  after: number;
  understood: boolean;
}

/** Reads a cursor of either form. A malformed one never refuses a client: it replays everything. */
export function parseCursor(text: string | null | undefined): Cursor {
  if (text === null || text === undefined || text === '') return { after: 0, understood: true };
  const digits = /^(?:seq:)?(\d{1,15})$/.exec(text)?.[1];
  return digits === undefined ? { after: 0, understood: false } : { after: Number(digits), understood: true };
}
