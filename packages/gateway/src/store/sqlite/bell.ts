// Wakes the database thread. It sleeps on a counter in shared memory instead of in its event loop: that halves the time
// from a write to the thread that makes it, and this time is part of every echo.

/** Counts how often somebody rang. */
export type Bell = Int32Array<SharedArrayBuffer>;

/** A bell nobody has rung yet. */
export function createBell(): Bell {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Wakes whoever sleeps. */
export function ring(bell: Bell): void {
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

/** Sleeps until somebody has rung since `heard` was returned; blocks the thread. The first `heard` is 0. */
export function sleepUntilRung(bell: Bell, heard: number): number {
  Atomics.wait(bell, 0, heard);
  return Atomics.load(bell, 0);
}
