// What an answer over HTTP means for a delivery.
import type { TryOutcome } from '../ports/carrier.ts';

/** Statuses of 4xx that are about the moment and not about the request. */
const PASSING = [408, 425, 429];

/** The outcome of a request that was answered. Redirects are refusals: what is signed goes nowhere else. */
export function outcomeOf({ status, headers }: Pick<Response, 'status' | 'headers'>, nowMs: number): TryOutcome {
  const answer = String(status);
  if (status >= 200 && status < 300) return { result: 'delivered', answer };
  if (status < 500 && !PASSING.includes(status)) return { result: 'refused', answer };
  return { result: 'failed', answer, afterMs: retryAfterMs(headers.get('retry-after'), nowMs) };
}

/** The outcome of a request that was not answered, or not in time. */
export function outcomeWithoutAnswer(signal: AbortSignal): TryOutcome {
  return { result: 'failed', answer: signal.aborted ? 'timeout' : 'unreachable' };
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date. */
function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
