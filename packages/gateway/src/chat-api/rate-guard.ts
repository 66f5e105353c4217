// Puts a rate limit's verdict as the Chat API puts it.
import { chatErrors } from '@parley/protocol';
import type { WireError } from '@parley/protocol';
import { ChatFailure } from './chat-failure.ts';

/** Counts requests by key, and says when one too many may be tried again. */
export interface ChatLimit {
  take(key: string): { allowed: true } | { allowed: false; retryAfterSeconds: number };
}

/** Counts a request of `key`. Throws a {@link ChatFailure} with the wait in seconds when there were too many. */
export function guardRate(limit: ChatLimit, key: string, tooMany: WireError = chatErrors.rateLimited): void {
  const verdict = limit.take(key);
  if (!verdict.allowed) throw new ChatFailure(tooMany, { retryAfterSeconds: verdict.retryAfterSeconds });
}
