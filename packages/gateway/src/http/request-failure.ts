// Expected failures of requests and handshakes: thrown wherever they are noticed, answered in one place.
import type { RestErrorName } from '@parley/protocol';

/** Ends a request or a handshake with an error of the protocol's list. */
export class RequestFailure extends Error {
  readonly failure: RestErrorName;
  /** Whole seconds after which another attempt makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: RestErrorName, options: { retryAfterSeconds?: number } = {}) {
    super(failure);
    this.name = 'RequestFailure';
    this.failure = failure;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
