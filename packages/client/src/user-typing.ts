// Tells the server that the user is typing, sparingly: "started" at most every 3 s, "stopped" 5 s after
// the last key (the SDKs' rhythm).
import type { TypingState } from '@parley/protocol';
import type { Time, Timer } from './ports/time.ts';

const STARTED_AT_MOST_EVERY_MS = 3_000;
const STOPPED_AFTER_MS = 5_000;

/** The typing of one user in one conversation. */
export class UserTyping {
  readonly #time: Time;
  readonly #send: (state: TypingState) => void;
  #startedMs = -Infinity;
  #stop: Timer | undefined;

  constructor(time: Time, send: (state: TypingState) => void) {
    this.#time = time;
    this.#send = send;
  }

  /** A key was pressed. */
  typed(): void {
    const nowMs = this.#time.nowMs();
    this.#stop?.cancel();
    this.#stop = this.#time.after(STOPPED_AFTER_MS, () => this.stopped());
    if (nowMs - this.#startedMs < STARTED_AT_MOST_EVERY_MS) return;
    this.#startedMs = nowMs;
    this.#send('TYPING_STATE_STARTED');
  }

  /** The user has sent the message or turned away. */
  stopped(): void {
    if (!this.#stop) return;
    this.forget();
    this.#send('TYPING_STATE_STOPPED');
  }

  /** Ends it without a word: there is nobody left to tell. */
  forget(): void {
    this.#stop?.cancel();
    this.#stop = undefined;
    this.#startedMs = -Infinity;
  }
}
