// Limits how often something may happen per key (an address, a connector): token buckets in the form of the generic
// cell rate algorithm, which needs one number per key.
import type { Clock } from '../kit/index.ts';

/** SDKs wait 30 s at most, whatever they are told (messaging spec, section 9). */
const MAX_RETRY_AFTER_SECONDS = 30;

/** Whether something may happen now, or when to try again (an integer from 1 to 30). */
export type RateVerdict = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/** Buckets, one per key. Memory is bounded: beyond `maxKeys` the keys that were quiet for longest are forgotten. */
export class RateLimit {
  readonly #intervalMs: number;
  readonly #burstMs: number;
  readonly #clock: Clock;
  readonly #maxKeys: number;
  /** By key, the longest untouched first: the moment from which the bucket is full again. */
  readonly #fullAtMs = new Map<string, number>();

  /** `perSecond` refills a bucket that holds `burst` tokens. A rate of 0 turns the limit off. */
  constructor(options: { perSecond: number; burst: number; clock: Clock; maxKeys?: number }) {
    this.#intervalMs = options.perSecond > 0 ? 1000 / options.perSecond : 0;
    this.#burstMs = this.#intervalMs * Math.max(1, options.burst);
    this.#clock = options.clock;
    this.#maxKeys = options.maxKeys ?? 50_000;
  }

  /** Takes a token from the key's bucket if there is one. A refusal costs nothing. */
  take(key: string): RateVerdict {
    if (this.#intervalMs === 0) return { allowed: true };
    const nowMs = this.#clock.nowMs();
    const fullAtMs = Math.max(this.#fullAtMs.get(key) ?? nowMs, nowMs) + this.#intervalMs;
    const waitMs = fullAtMs - this.#burstMs - nowMs;
    // Fractions of a millisecond are rounding, not waiting.
    if (waitMs >= 0.001) return { allowed: false, retryAfterSeconds: retryAfterSeconds(waitMs) };
    this.#fullAtMs.delete(key);
    this.#fullAtMs.set(key, fullAtMs);
    this.#forget();
    return { allowed: true };
  }

  /** Puts back a token that was taken and wasn't needed. */
  giveBack(key: string): void {
    const fullAtMs = this.#fullAtMs.get(key);
    if (fullAtMs !== undefined) this.#fullAtMs.set(key, fullAtMs - this.#intervalMs);
  }

  #forget(): void {
    const [quietest] = this.#fullAtMs.keys();
    if (this.#fullAtMs.size > this.#maxKeys && quietest !== undefined) this.#fullAtMs.delete(quietest);
  }
}

/** A limit of so many per minute, all of which may come at once. */
export function limitPerMinute(perMinute: number, clock: Clock): RateLimit {
  return new RateLimit({ perSecond: perMinute / 60, burst: perMinute, clock });
}

function retryAfterSeconds(waitMs: number): number {
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Math.ceil(waitMs / 1000)));
}
