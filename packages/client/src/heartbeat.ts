// Keeps a socket alive and finds out when it is dead though nobody closed it: every frame counts as a
// sign of life, and a heartbeat must be echoed.
import type { Time, Timer } from './ports/time.ts';

/** What a heartbeat needs. */
export interface HeartbeatOptions {
  time: Time;
  /** How often to send one; may change when the server says so. */
  intervalMs: () => number;
  send: () => void;
  /** The other side hasn't answered in time. Called at most once. */
  onSilence: () => void;
}

/** How long an echo may take. */
const ECHO_WITHIN_MS = 10_000;
/** The same when there is reason to doubt: the network changed, or the page comes back from sleep. */
const DOUBTFUL_ECHO_WITHIN_MS = 4_000;

/** The heartbeat of one socket. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #next: Timer | undefined;
  #deadline: Timer | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** A frame arrived. */
  heard(): void {
    this.#deadline?.cancel();
    this.#deadline = undefined;
  }

  /** Asks for a sign of life right now. */
  check(): void {
    this.#beat(DOUBTFUL_ECHO_WITHIN_MS);
  }

  /** Ends it; nothing is sent or called any more. */
  stop(): void {
    this.#next?.cancel();
    this.#deadline?.cancel();
  }

  #schedule(): void {
    this.#next?.cancel();
    this.#next = this.#options.time.after(this.#options.intervalMs(), () => this.#beat(ECHO_WITHIN_MS));
  }

  #beat(echoWithinMs: number): void {
    this.#schedule();
    this.#options.send();
    this.#deadline?.cancel();
    this.#deadline = this.#options.time.after(echoWithinMs, () => {
      this.stop();
      this.#options.onSilence();
    });
  }
}
