// Expected failures of the Chat API: thrown where they are noticed, answered in one place.
import type { WireError } from '@parley/protocol';

/** Ends a request with an error of the protocol's lists. */
export class ChatFailure extends Error {
  readonly error: WireError;
  /** Whole seconds after which another attempt makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(error: WireError, options: { retryAfterSeconds?: number } = {}) {
    super(error.text);
    this.name = 'ChatFailure';
    this.error = error;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
