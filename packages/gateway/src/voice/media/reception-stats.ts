// What a receiver knows of the network by counting (RFC 3550, sections 6.4.1 and A.3, A.8).
import { ticksPerMs } from './pcm.ts';
import type { PlacedPacket } from './rtp-timeline.ts';

/** What a report block says of a stream since its beginning, in the units of the wire. */
export interface ReceptionReport {
  ssrc: number;
  /** Share that was lost since the last report: 0 to 255 of 256. */
  fractionLost: number;
  /** Expected less received since the beginning; negative when packets came twice. */
  cumulativeLost: number;
  /** Highest sequence with the count of its wraps above it, 32 bits. */
  highestSequence: number;
  /** Ticks. */
  jitter: number;
}

/** Counts of a call, over all streams it had. */
export interface ReceptionTotals {
  /** Different packets that came. */
  received: number;
  expected: number;
  lost: number;
  duplicates: number;
  /** Packets that came after later ones. */
  reordered: number;
  /** Current interarrival jitter. */
  jitterMs: number;
}

/** Sequences around the newest that duplicates are recognised among. */
const rememberedSequences = 1024;

/** Counts the packets of one call. */
export class ReceptionStats {
  readonly #seen = new Float64Array(rememberedSequences);
  #ssrc: number | undefined;
  #baseSequence = 0;
  #highestSequence = 0;
  /** Arrivals of this stream, duplicates included, as RFC 3550 counts them. */
  #arrivals = 0;
  #reportedExpected = 0;
  #reportedArrivals = 0;
  #jitterTicks = 0;
  #last: { timestamp: number; nowMs: number } | undefined;
  #received = 0;
  #duplicates = 0;
  #reordered = 0;
  #expectedOfFormer = 0;

  /** Counts a packet. `isAudio`: its timestamp says when it was sent, so it tells of jitter; a tone's doesn't. */
  take(placed: PlacedPacket, nowMs: number, isAudio: boolean): void {
    if (placed.restarted) this.#restart(placed);
    this.#arrivals += 1;
    if (this.#isDuplicate(placed.sequence)) {
      this.#duplicates += 1;
      return;
    }
    this.#received += 1;
    if (placed.sequence < this.#highestSequence) this.#reordered += 1;
    // Packets may arrive before the one that was first to come.
    this.#baseSequence = Math.min(this.#baseSequence, placed.sequence);
    this.#highestSequence = Math.max(this.#highestSequence, placed.sequence);
    if (isAudio) this.#measureJitter(placed.timestamp, nowMs);
  }

  /** The report since the last one; `undefined` while nothing came. */
  report(): ReceptionReport | undefined {
    if (this.#ssrc === undefined) return undefined;
    const expected = this.#expected;
    const expectedNow = expected - this.#reportedExpected;
    const lostNow = expectedNow - (this.#arrivals - this.#reportedArrivals);
    this.#reportedExpected = expected;
    this.#reportedArrivals = this.#arrivals;
    return {
      ssrc: this.#ssrc,
      fractionLost: lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
      cumulativeLost: expected - this.#arrivals,
      highestSequence: this.#highestSequence >>> 0,
      jitter: Math.floor(this.#jitterTicks),
    };
  }

  /** The counts so far. */
  get totals(): ReceptionTotals {
    const expected = this.#expectedOfFormer + this.#expected;
    return {
      received: this.#received,
      expected,
      lost: Math.max(0, expected - this.#received),
      duplicates: this.#duplicates,
      reordered: this.#reordered,
      jitterMs: this.#jitterTicks / ticksPerMs,
    };
  }

  get #expected(): number {
    return this.#ssrc === undefined ? 0 : this.#highestSequence - this.#baseSequence + 1;
  }

  #restart({ packet, sequence }: PlacedPacket): void {
    this.#expectedOfFormer += this.#expected;
    this.#ssrc = packet.ssrc;
    this.#baseSequence = sequence;
    this.#highestSequence = sequence;
    this.#arrivals = 0;
    this.#reportedExpected = 0;
    this.#reportedArrivals = 0;
    this.#jitterTicks = 0;
    this.#last = undefined;
    this.#seen.fill(Number.NaN);
  }

  #isDuplicate(sequence: number): boolean {
    const slot = sequence & (rememberedSequences - 1);
    if (this.#seen[slot] === sequence) return true;
    this.#seen[slot] = sequence;
    return false;
  }

  #measureJitter(timestamp: number, nowMs: number): void {
    if (this.#last) {
      const arrivalTicks = (nowMs - this.#last.nowMs) * ticksPerMs;
      const change = Math.abs(arrivalTicks - (timestamp - this.#last.timestamp));
      this.#jitterTicks += (change - this.#jitterTicks) / 16;
    }
    this.#last = { timestamp, nowMs };
  }
}
