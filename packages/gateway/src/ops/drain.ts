// How a process goes: the order of the steps, and how long each may take.
import type { Clock, Timers } from '../kit/index.ts';

const LOOK_EVERY_MS = 20;

/** What is done when the process goes, in the order of these members. */
export interface DrainSteps {
  /** Nothing new begins any more: newcomers go elsewhere, or come back later. */
  refuseNew(): void;
  /** Asks every client to come back. */
  closeSockets(): void;
  /** What is still under way: open turns, calls, sockets that haven't closed yet. */
  pending(): number;
  /** Closes the port, and cuts short what is still under way after the grace period. */
  abandon(): void;
  /** Writes what is left and closes the store. Nothing runs after it. */
  finish(): Promise<void>;
}

/** Runs the steps. What is under way gets `graceMs` to finish; nothing that was written is lost either way. */
export async function drain(
  steps: DrainSteps,
  parts: { clock: Clock; timers: Timers; graceMs: number },
): Promise<void> {
  steps.refuseNew();
  steps.closeSockets();
  await settled(() => steps.pending() === 0, parts);
  steps.abandon();
  await steps.finish();
}

/** Resolves when the condition holds, or after the grace period. */
function settled(condition: () => boolean, parts: { clock: Clock; timers: Timers; graceMs: number }): Promise<void> {
  const deadlineMs = parts.clock.nowMs() + parts.graceMs;
  const isOver = (): boolean => condition() || parts.clock.nowMs() >= deadlineMs;
  if (isOver()) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = parts.timers.every(LOOK_EVERY_MS, () => {
      if (!isOver()) return;
      timer.cancel();
      resolve();
    });
  });
}
