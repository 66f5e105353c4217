// Tries again what somebody refused because they had too much to do.
import type { Clock, Timers } from '../kit/index.ts';
import { wait } from './wait.ts';

const firstWaitMs = 500;

/** Who asks for more patience than this won't answer in time. */
const longestWaitMs = 15_000;

/** Whether a failure may be tried again, and the `Retry-After` that came with it. */
export type RetryAdvice = { retry: false } | { retry: true; retryAfter: string | null };

interface Retries {
  /** How often the work may be done again. */
  retries: number;
  advice: (error: unknown) => RetryAdvice;
  timers: Timers;
  clock: Clock;
  /** Ends the waiting; the last failure is thrown. */
  signal: AbortSignal;
}

/** Does the work, again after failures that may pass. Throws the last failure. */
export async function withRetries<Result>(work: () => PromiseLike<Result>, retries: Retries): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      const advice = retries.advice(error);
      if (!advice.retry || failures === retries.retries || retries.signal.aborted) throw error;
      const waitMs = retryAfterMs(advice.retryAfter, retries.clock.nowMs()) ?? firstWaitMs * 2 ** failures;
      if (waitMs > longestWaitMs) throw error;
      await wait(retries.timers, waitMs, retries.signal).catch(() => {
        throw error;
      });
    }
  }
}

/** `Retry-After` (RFC 9110, 10.2.3) in milliseconds from now: seconds or a date; null when it says neither. */
function retryAfterMs(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
