// How a desk of somebody else's is reached.
import type { BridgeDelivery, BridgeTyping } from '@parley/protocol';
import type { Remembered } from './bridge-store.ts';

/** What came of a try. `answer`: an HTTP status, or a word, for the log. */
export type TryOutcome =
  | { result: 'delivered'; answer: string }
  /** Trying again is pointless. */
  | { result: 'refused'; answer: string }
  /** It may work later; `afterMs`: not before the desk said it may. */
  | { result: 'failed'; answer: string; afterMs?: number | undefined };

/** One try, and what helps to make it. */
export interface Try {
  /** The text as it was written when the delivery was made. */
  body: string;
  delivery: BridgeDelivery;
  /** The delivery was tried before, and may have arrived. */
  again: boolean;
  remembered: Remembered;
  /** Keeps what shall be known in later tries of the case. */
  remember: (remembered: Remembered) => Promise<void>;
  signal: AbortSignal;
}

/** Brings deliveries to a desk. */
export interface Carrier {
  /** Whether a case that reached the desk is accepted by that: the desk doesn't say so itself. */
  readonly accepts: boolean;
  /** Makes one try. Never rejects. */
  deliver(attempt: Try): Promise<TryOutcome>;
  /** Tells that the user types. Whether it arrives, nobody asks. */
  typing(typing: BridgeTyping, remembered: Remembered, signal: AbortSignal): Promise<void>;
}
