// How long audio has to wait before it is played, so that nearly every packet is there in time.
import { ticksPerMs } from './pcm.ts';

/** Shares of packets by how late they were: buckets of 5 ms, the last one for everything beyond. */
const bucketMs = 5;
const bucketCount = 60;
/** What a packet leaves of the history before it: after 300 packets (6 s) a third. */
const memory = 0.9967;
/** The share of packets that may come too late. */
const tooLate = 0.015;
/** The fastest packet of the last 5 to 10 seconds is the measure: longer, and a drifting clock would spoil it. */
const windowMs = 5000;
/** A packet this much slower than the measure means that the sender's clock, or the path, is another now. */
const leapMs = 1000;

const minTargetMs = 40;
const maxTargetMs = 200;

/** Learns from arrival times. Quick to ask for more delay (five late packets), slow to do with less (half a minute). */
export class DelayEstimate {
  readonly #late = new Float64Array(bucketCount);
  #weight = 0;
  #fastestMs = Number.POSITIVE_INFINITY;
  #formerFastestMs = Number.POSITIVE_INFINITY;
  #windowEndMs = Number.NEGATIVE_INFINITY;
  #targetMs = minTargetMs;

  /** A packet with this extended timestamp, sounding for `ticks`, came at `nowMs`. */
  learn(timestamp: number, ticks: number, nowMs: number): void {
    const transitMs = nowMs - timestamp / ticksPerMs;
    if (transitMs - this.#baseMs > leapMs) this.forgetFastest();
    if (nowMs >= this.#windowEndMs) {
      this.#formerFastestMs = this.#fastestMs;
      this.#fastestMs = transitMs;
      this.#windowEndMs = nowMs + windowMs;
    }
    this.#fastestMs = Math.min(this.#fastestMs, transitMs);
    this.#count(transitMs - this.#baseMs);
    // The packet after a lost one can repair it, so it is waited for as well.
    this.#targetMs = Math.min(maxTargetMs, Math.max(minTargetMs, this.#usualLatenessMs() + ticks / ticksPerMs));
  }

  /** The stream paused: the next packet is the new measure, however late it seems. */
  forgetFastest(): void {
    this.#fastestMs = Number.POSITIVE_INFINITY;
    this.#formerFastestMs = Number.POSITIVE_INFINITY;
  }

  /** How long after its fastest possible arrival a packet is to be played, ms. */
  get targetMs(): number {
    return this.#targetMs;
  }

  /** How long after its fastest possible arrival something is played, if it is played at `nowMs`. */
  delayMs(timestamp: number, nowMs: number): number {
    return nowMs - timestamp / ticksPerMs - this.#baseMs;
  }

  get #baseMs(): number {
    return Math.min(this.#fastestMs, this.#formerFastestMs);
  }

  #count(lateMs: number): void {
    for (let bucket = 0; bucket < bucketCount; bucket += 1) this.#late[bucket] = (this.#late[bucket] ?? 0) * memory;
    const bucket = Math.min(bucketCount - 1, Math.floor(lateMs / bucketMs));
    this.#late[bucket] = (this.#late[bucket] ?? 0) + 1;
    this.#weight = this.#weight * memory + 1;
  }

  #usualLatenessMs(): number {
    let beyond = 0;
    for (let bucket = bucketCount - 1; bucket > 0; bucket -= 1) {
      beyond += this.#late[bucket] ?? 0;
      if (beyond > tooLate * this.#weight) return (bucket + 1) * bucketMs;
    }
    return bucketMs;
  }
}
