// Identifiers as a part, so that tests can name them.
import { randomUUID } from 'node:crypto';

/** Makes an identifier nobody can guess and nobody has used. */
export type NewId = () => string;

/** Random UUIDs (version 4). */
export const randomId: NewId = () => randomUUID();

/** `a1`, `a2`, … for tests. */
export function countingIds(prefix: string): NewId {
  let count = 0;
  return () => `${prefix}${++count}`;
}
