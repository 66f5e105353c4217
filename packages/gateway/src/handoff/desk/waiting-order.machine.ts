// The order of a queue, and how long it will take. Plain functions.

/** What decides somebody's place. */
export interface Place {
  /** Given back by a person who is gone. */
  atHead: boolean;
  /** Higher goes first. */
  priority: number;
  /** From when on they have waited; null when they lost their place. */
  placeMs: number | null;
  openedMs: number;
}

/** Estimates are told in steps of this: a number that changes all the time says nothing. */
const STEP_SECONDS = 30;
/** Longer ones nobody believes. */
const MAX_SECONDS = 3600;

/** Whoever was given back goes first, then by priority, then whoever has waited longest. */
export function byPlace(one: Place, other: Place): number {
  return (
    Number(other.atHead) - Number(one.atHead) ||
    other.priority - one.priority ||
    (one.placeMs ?? Infinity) - (other.placeMs ?? Infinity) ||
    one.openedMs - other.openedMs
  );
}

/** A wait of the recent past. */
export interface PastWait {
  waitedMs: number;
  /** The place they began at. */
  firstPosition: number;
}

/** How long somebody at a position will wait, judged by the recent past; undefined when it tells nothing. */
export function estimatedWaitSeconds(position: number, past: readonly PastWait[]): number | undefined {
  if (past.length === 0) return undefined;
  const perPlace = past.map(({ waitedMs, firstPosition }) => waitedMs / Math.max(1, firstPosition));
  const averageMs = perPlace.reduce((sum, each) => sum + each, 0) / past.length;
  const seconds = (averageMs * position) / 1000;
  return Math.min(MAX_SECONDS, Math.max(1, Math.ceil(seconds / STEP_SECONDS)) * STEP_SECONDS);
}
