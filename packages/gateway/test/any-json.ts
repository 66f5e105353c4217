// The type of what tests read off the wire.

/** JSON as it came, of any shape. */
// Tests look into bodies of every kind.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;
