// Why a REST call brought no result.

/**
 * `refused`: the server won't have this client (wrong token, host or body); trying again is no use.
 * `busy`: too many calls. `unavailable`: the server failed. `unreachable`: no answer in time.
 * `not-understood`: an answer that isn't the protocol's.
 */
export type ApiFailureCode = 'refused' | 'busy' | 'unavailable' | 'unreachable' | 'not-understood';

/** A failed call. `message` is the server's own text where it sent one. */
export interface ApiFailure {
  code: ApiFailureCode;
  message: string;
  canRetry: boolean;
  status?: number;
  /** How long the server asked to be left alone; at most 30 s are believed. */
  retryAfterMs?: number;
}

const MAX_RETRY_AFTER_MS = 30_000;
const DEFAULT_RETRY_AFTER_MS = 5_000;

/** No answer, or none in time. */
export const unreachable: ApiFailure = {
  code: 'unreachable',
  message: 'The server cannot be reached.',
  canRetry: true,
};

/** An answer that isn't this protocol's: the address may be wrong. */
export const notUnderstood: ApiFailure = {
  code: 'not-understood',
  message: 'The server gave an answer that is not of this protocol.',
  canRetry: false,
};

/** A failure told by a status code and, where there was one, the `Retry-After` header (plain seconds). */
export function failureOfStatus(status: number, message: string, retryAfter: string | null): ApiFailure {
  if (status === 429) {
    return { code: 'busy', message, canRetry: true, status, retryAfterMs: retryAfterMs(retryAfter) };
  }
  if (status >= 500) return { code: 'unavailable', message, canRetry: true, status };
  return { code: 'refused', message, canRetry: false, status };
}

function retryAfterMs(header: string | null): number {
  if (header === null || !/^\d+(\.\d+)?$/.test(header.trim())) return DEFAULT_RETRY_AFTER_MS;
  return Math.min(Number(header) * 1000, MAX_RETRY_AFTER_MS);
}
