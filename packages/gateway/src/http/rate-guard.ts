// Puts a rate limit's verdict as HTTP puts it.
import type { RateLimit } from '../identity/index.ts';
import { RequestFailure } from './request-failure.ts';

/** Counts a request of `key`. Throws a {@link RequestFailure} with the wait in seconds when there were too many. */
export function guardRate(limit: RateLimit, key: string): void {
  const verdict = limit.take(key);
  if (!verdict.allowed) throw new RequestFailure('rateLimited', { retryAfterSeconds: verdict.retryAfterSeconds });
}
