// Puts packets in order and holds them back until it is their turn. Made to be pulled by a steady clock, it never waits:
// asked for more audio, it answers with a packet, or says what is to be heard instead of one.
import { DelayEstimate } from './delay-estimate.ts';
import { frameTicks, ticksPerMs } from './pcm.ts';

/** An Opus packet in its place: counters never wrap. */
export interface BufferedPacket {
  sequence: number;
  timestamp: number;
  /** How long it sounds. */
  ticks: number;
  payload: Uint8Array;
  /** The sender falls silent with it (DTX). */
  isDtx: boolean;
}

/** What comes next, and for how long. `ticks` are steps of 2.5 ms. */
export type Playout =
  | { kind: 'packet'; ticks: number; payload: Uint8Array }
  /** A packet was lost. With the packet after it, when that is there. */
  | { kind: 'lost'; ticks: number; next?: Uint8Array }
  /** Nothing is there, and nobody knows yet whether it was sent. */
  | { kind: 'starved'; ticks: number }
  /** The sender says nothing, or hasn't begun. */
  | { kind: 'silence'; ticks: number };

/** What became of a packet. */
export type Insertion = 'taken' | 'duplicate' | 'late';

/** 5 s of usual packets. */
const maxPackets = 256;
/** Packets without audio that are remembered: tones of a keypad come at 50 per second for some seconds. */
const maxSkips = 1024;
/** 2.5 ms: what Opus counts time in. */
const stepTicks = 120;
/** Having had nothing to play for so long, the next packet is a new beginning. */
const pauseTicks = 500 * ticksPerMs;
/** A backlog this much longer than necessary is thrown away at once. */
const maxExcessMs = 500;
/** A gap that is leapt over: the sender's clock is another now. */
const maxGapTicks = 1000 * ticksPerMs;

/** The buffer of one call's incoming audio. */
export class JitterBuffer {
  readonly #estimate = new DelayEstimate();
  /** By sequence. */
  readonly #waiting: BufferedPacket[] = [];
  /** Sequences of packets that carry something else than audio. */
  readonly #skips = new Set<number>();
  /** Playing begins then; `undefined` before there was a packet. */
  #startMs: number | undefined;
  #hasStarted = false;
  /** Where the audio goes on; what is older comes too late. */
  #playFrom = 0;
  /** What was played after `#playFrom` for want of packets. */
  #starvedTicks = 0;
  #lastSequence = 0;
  #lastTicks: number = frameTicks;
  #lastWasDtx = false;
  #skippedTicks = 0;

  /** Takes a packet that came at `nowMs`. */
  insert(packet: BufferedPacket, nowMs: number): Insertion {
    const at = this.#placeFor(packet.sequence);
    if (this.#waiting[at]?.sequence === packet.sequence) return 'duplicate';
    const isBeginning = this.#startMs === undefined || this.#wasPaused;
    if (isBeginning) this.#estimate.forgetFastest();
    this.#estimate.learn(packet.timestamp, packet.ticks, nowMs);
    if (isBeginning) this.#anchor(packet, nowMs);
    if (!this.#hasStarted) this.#playFrom = Math.min(this.#playFrom, packet.timestamp);
    if (packet.timestamp < this.#playFrom) return 'late';
    this.#waiting.splice(at, 0, packet);
    if (this.#waiting.length > maxPackets) this.#leapTo(1);
    return 'taken';
  }

  /** This sequence was no audio: its absence is no loss. */
  skip(sequence: number): void {
    if (this.#skips.size < maxSkips) this.#skips.add(sequence);
  }

  /** The stream begins anew: forgets what is waiting. */
  restart(): void {
    this.#waiting.length = 0;
    this.#skips.clear();
    this.#startMs = undefined;
  }

  /** What is to be heard next. Call it whenever audio runs out. */
  pull(nowMs: number): Playout {
    if (this.#startMs === undefined || nowMs < this.#startMs) return { kind: 'silence', ticks: frameTicks };
    if (!this.#hasStarted) this.#start();
    if (this.excessMs(nowMs) > maxExcessMs) this.#leapTo(this.#firstInTime(nowMs));
    const first = this.#waiting[0];
    if (!first) return this.#starve();
    const gapTicks = first.timestamp - this.#position;
    if (gapTicks < stepTicks || gapTicks > maxGapTicks) return this.#play(first);
    return this.#fill(gapTicks, first);
  }

  /**
   * How much longer than necessary audio waits at `nowMs`, ms; negative when it waits too little; 0 when nobody knows.
   * `heldTicks` of what was pulled haven't been played yet.
   */
  excessMs(nowMs: number, heldTicks = 0): number {
    if (!this.#hasStarted || this.#starvedTicks > 0) return 0;
    return this.#estimate.delayMs(this.#position - heldTicks, nowMs) - this.#estimate.targetMs;
  }

  /** How long audio is to wait, ms. */
  get targetMs(): number {
    return this.#estimate.targetMs;
  }

  /** Packets that wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Audio that was thrown away because too much of it waited, ms. */
  get skippedMs(): number {
    return this.#skippedTicks / ticksPerMs;
  }

  get #position(): number {
    return this.#playFrom + this.#starvedTicks;
  }

  get #wasPaused(): boolean {
    return this.#waiting.length === 0 && this.#starvedTicks >= pauseTicks;
  }

  #placeFor(sequence: number): number {
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1]?.sequence ?? sequence) >= sequence) at -= 1;
    return at;
  }

  #anchor(packet: BufferedPacket, nowMs: number): void {
    this.#startMs = nowMs + this.#estimate.targetMs;
    this.#hasStarted = false;
    this.#playFrom = packet.timestamp;
    this.#starvedTicks = 0;
  }

  #start(): void {
    this.#hasStarted = true;
    this.#leapTo(0);
  }

  /** Forgets packets before the one at `index` and goes on with that one, as if nothing had been lost before it. */
  #leapTo(index: number): void {
    for (const { ticks } of this.#waiting.splice(0, index)) this.#skippedTicks += ticks;
    const first = this.#waiting[0];
    if (!first) return;
    this.#playFrom = first.timestamp;
    this.#starvedTicks = 0;
    this.#lastSequence = first.sequence - 1;
  }

  /** Where the packets begin that don't wait longer than they should; the newest one always is in time. */
  #firstInTime(nowMs: number): number {
    const { targetMs } = this.#estimate;
    const index = this.#waiting.findIndex(({ timestamp }) => this.#estimate.delayMs(timestamp, nowMs) <= targetMs);
    return index === -1 ? this.#waiting.length - 1 : index;
  }

  #starve(): Playout {
    this.#starvedTicks += frameTicks;
    const senderIsQuiet = this.#lastWasDtx || this.#skips.has(this.#lastSequence + 1);
    return { kind: senderIsQuiet ? 'silence' : 'starved', ticks: frameTicks };
  }

  #play(packet: BufferedPacket): Playout {
    this.#waiting.shift();
    this.#playFrom = Math.max(this.#playFrom, packet.timestamp + packet.ticks);
    this.#starvedTicks = 0;
    this.#lastSequence = packet.sequence;
    this.#lastTicks = packet.ticks;
    this.#lastWasDtx = packet.isDtx;
    for (const sequence of this.#skips) if (sequence <= packet.sequence) this.#skips.delete(sequence);
    return { kind: 'packet', ticks: packet.ticks, payload: packet.payload };
  }

  /** Something stands between what was played and the first packet: silence that was not sent, then what was lost. */
  #fill(gapTicks: number, first: BufferedPacket): Playout {
    const lostTicks = this.#missingBefore(first) * this.#lastTicks;
    const silentTicks = gapTicks - lostTicks;
    if (silentTicks >= stepTicks) {
      const ticks = this.#advance(Math.min(silentTicks, frameTicks));
      return { kind: 'silence', ticks };
    }
    const ticks = this.#advance(Math.min(gapTicks, this.#lastTicks));
    const isNext = gapTicks - ticks < stepTicks;
    return { kind: 'lost', ticks, ...(isNext && { next: first.payload }) };
  }

  #advance(ticks: number): number {
    const whole = ticks - (ticks % stepTicks);
    this.#playFrom = this.#position + whole;
    this.#starvedTicks = 0;
    return whole;
  }

  #missingBefore(first: BufferedPacket): number {
    let missing = first.sequence - this.#lastSequence - 1;
    for (const sequence of this.#skips) {
      if (sequence > this.#lastSequence && sequence < first.sequence) missing -= 1;
    }
    return missing;
  }
}
