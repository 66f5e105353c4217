// How failures are put: the only place where an error becomes a status, headers and a body.
import { encodeRestError } from '@parley/protocol';
import type { RestErrorName, WireError } from '@parley/protocol';
import { correlationHeader } from './correlation-id.ts';
import { RequestFailure } from './request-failure.ts';

/** An HTTP answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Writes the body of an error. `errorId` is the correlation id of the request. */
export type EncodeError = (error: WireError, ids: { errorId: string }) => string;

/** The answer to a failure. Anything unexpected becomes `fallback`; what it really was is for the log. */
export function failureAnswer(
  error: unknown,
  {
    correlationId,
    fallback,
    encodeError = encodeRestError,
  }: { correlationId: string; fallback: RestErrorName; encodeError?: EncodeError | undefined },
): Answer {
  const failure = error instanceof RequestFailure ? error : new RequestFailure(fallback);
  const described = failure.failure;
  return {
    status: described.status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      [correlationHeader]: correlationId,
      ...(failure.retryAfterSeconds !== undefined && { 'Retry-After': String(failure.retryAfterSeconds) }),
    },
    body: encodeError(described, { errorId: correlationId }),
  };
}
