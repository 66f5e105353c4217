// Keeps one session from flooding the house: a bucket of tokens, refilled by time.
import type { Clock } from '../kit/index.ts';

/** Bursts may be this many times the rate. */
const BURST = 5;
/** Typing takes no token of this part of the bucket: it is dropped before any message is. */
const KEPT_FOR_MESSAGES = 0.5;
/** Between two warnings about dropped messages. */
const WARNING_PAUSE_MS = 1_000;

/** Lets through `perSecond` events on average; 0 lets everything through. */
export class FloodGate {
  readonly #perSecond: number;
  readonly #clock: Clock;
  #tokens: number;
  #refilledMs: number;
  #warnedMs = -Infinity;

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#tokens = perSecond * BURST;
    this.#refilledMs = clock.nowMs();
  }

  /** True when one more event may pass. */
  pass(): boolean {
    return this.#take(0);
  }

  /** True when the user's typing may pass once more. */
  passTyping(): boolean {
    return this.#take(this.#perSecond * BURST * KEPT_FOR_MESSAGES);
  }

  /** True when it is time to warn again about what was dropped. */
  mayWarn(): boolean {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#warnedMs < WARNING_PAUSE_MS) return false;
    this.#warnedMs = nowMs;
    return true;
  }

  /** Takes a token if `kept` tokens are left after it. */
  #take(kept: number): boolean {
    if (this.#perSecond === 0) return true;
    const nowMs = this.#clock.nowMs();
    // A clock that is set back must not take tokens away.
    const gained = (Math.max(0, nowMs - this.#refilledMs) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond * BURST, this.#tokens + gained);
    this.#refilledMs = nowMs;
    if (this.#tokens < kept + 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
