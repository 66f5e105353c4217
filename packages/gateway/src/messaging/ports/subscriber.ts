// Whoever follows one session: a client's connection, or the Chat API while it waits for an answer.
import type { Fact } from '../session/journal-entry.ts';

/** Somebody who is shown the events of a session. */
export interface Subscriber {
  /** An event, encoded. Journaled events come with their sequence, each once and in order; others with null. */
  deliver(frame: string, sequence: number | null): void;
  /** A private fact, once it is durable, in order with the events. */
  noted?(fact: Fact): void;
  /** The session has ended and everything was delivered. */
  ended(): void;
  /** The session broke. Its journal is whole; coming back will load it anew. */
  broke(): void;
}
