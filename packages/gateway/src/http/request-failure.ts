// Expected failures of requests and handshakes: thrown wherever they are noticed, answered in one place.
import { restErrors } from '@parley/protocol';
import type { RestErrorName, WireError } from '@parley/protocol';

/** Ends a request or a handshake with an error of the protocol. */
export class RequestFailure extends Error {
  readonly failure: WireError;
  /** Whole seconds after which another attempt makes sense. */
  readonly retryAfterSeconds: number | undefined;

  /** By the name it has in `restErrors`, or an error of another list. */
  constructor(failure: RestErrorName | WireError, options: { retryAfterSeconds?: number } = {}) {
    const error = typeof failure === 'string' ? restErrors[failure] : failure;
    super(error.text);
    this.name = 'RequestFailure';
    this.failure = error;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
