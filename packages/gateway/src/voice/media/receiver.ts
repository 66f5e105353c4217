// The way of the caller's voice: packets in at any time, a 20 ms frame out whenever one is asked for.
import type { Opus } from '../ports/opus.ts';
import { ConcealingDecoder, type BridgeCounts, type Piece } from './concealing-decoder.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { levelDbfs } from './level.ts';
import { isOpusDtx, opusTicks } from './opus-packet.ts';
import { PcmFifo } from './pcm-fifo.ts';
import { frameSamples, ticksPerMs, type SpeechRate } from './pcm.ts';
import { ReceptionStats, type ReceptionTotals } from './reception-stats.ts';
import { parseRtp, type RtpPacket } from './rtp-packet.ts';
import { RtpTimeline, type PlacedPacket } from './rtp-timeline.ts';
import { KeyPresses } from './telephone-events.ts';

/** What was negotiated for incoming packets. */
export interface ReceivedTypes {
  opus: number;
  /** Payload types of telephone events, of whatever rate. */
  telephoneEvents: readonly number[];
}

/** What a receiver needs. */
export interface ReceiverOptions {
  opus: Opus;
  /** Rate of the frames. */
  rate: SpeechRate;
  types: ReceivedTypes;
  /** A key was pressed: one of `0`–`9`, `*`, `#`, `A`–`D`. Called from within `take` and `pull`. */
  pressed: (digit: string) => void;
}

/** 20 ms of the caller, mono; `origin` is that of its beginning. */
export type ReceivedFrame = Piece;

/** What became of the caller's audio so far. */
export interface ReceiverStats extends ReceptionTotals, BridgeCounts {
  /** Packets that came too late to be played. */
  late: number;
  /** What was no RTP, of no known type, of no known stream, or obviously no Opus. */
  unusable: number;
  /** Audio thrown away since too much was waiting. */
  skippedMs: number;
  /** Frames left out, and put in, to keep up with the sender's clock. */
  shortened: number;
  stretched: number;
  /** How long audio waits for late packets now. */
  targetDelayMs: number;
}

/** Frames below this are let go, or played twice, unnoticed. */
const quietDbfs = -50;
/** Frames are let go when audio waits so much longer than necessary, and played twice when so much shorter. */
const shortenAboveMs = 25;
const stretchBelowMs = -15;
/** From here on frames with speech are let go as well, one in a while. */
const hurryAboveMs = 100;
const hurryEveryMs = 100;

/** Makes a receiver. Close it to free the decoder. */
export async function createReceiver(options: ReceiverOptions): Promise<Receiver> {
  const decoder = await options.opus.createDecoder({ rate: options.rate, channels: 1 });
  return new Receiver(options, new ConcealingDecoder(decoder, options.rate));
}

/** Receives one call. Whatever bytes come, no method throws. `nowMs` is one monotonic clock's. */
export class Receiver {
  /** For RTCP reports. */
  readonly reception: ReceptionStats = new ReceptionStats();
  readonly #rate: SpeechRate;
  readonly #pressed: (digit: string) => void;
  readonly #decoder: ConcealingDecoder;
  readonly #timeline = new RtpTimeline();
  readonly #buffer = new JitterBuffer();
  readonly #keys = new KeyPresses();
  readonly #decoded = new PcmFifo();
  #types: ReceivedTypes;
  #previous: ReceivedFrame;
  #shortenedMs = Number.NEGATIVE_INFINITY;
  readonly #counts = { late: 0, unusable: 0, shortened: 0, stretched: 0 };

  constructor({ rate, types, pressed }: ReceiverOptions, decoder: ConcealingDecoder) {
    this.#rate = rate;
    this.#types = types;
    this.#pressed = pressed;
    this.#decoder = decoder;
    this.#previous = { pcm: new Int16Array(frameSamples(rate)), origin: 'silence' };
  }

  /** Takes the bytes of an RTP packet. They must not be changed afterwards. */
  take(bytes: Uint8Array, nowMs: number): void {
    const packet = parseRtp(bytes);
    const placed = packet && this.#isKnown(packet) ? this.#timeline.place(packet) : undefined;
    if (!placed) {
      this.#counts.unusable += 1;
      return;
    }
    const isAudio = placed.packet.payloadType === this.#types.opus;
    this.reception.take(placed, nowMs, isAudio);
    if (placed.restarted) this.#buffer.restart();
    if (isAudio) {
      this.#takeAudio(placed, nowMs);
    } else {
      this.#buffer.skip(placed.sequence);
      for (const digit of this.#keys.take(placed, nowMs)) this.#pressed(digit);
    }
  }

  /** The next 20 ms. To be called 50 times a second. */
  pull(nowMs: number): ReceivedFrame {
    for (const digit of this.#keys.expire(nowMs)) this.#pressed(digit);
    this.#previous = this.#pullInPace(nowMs);
    return this.#previous;
  }

  /** How long audio that came without delay waits to be played at `nowMs`. */
  waitingMs(nowMs: number): number {
    return this.#buffer.targetMs + this.#buffer.excessMs(nowMs, this.#heldTicks);
  }

  /** After a renegotiation. */
  useTypes(types: ReceivedTypes): void {
    this.#types = types;
  }

  get stats(): ReceiverStats {
    return {
      ...this.reception.totals,
      ...this.#decoder.counts,
      ...this.#counts,
      skippedMs: this.#buffer.skippedMs,
      targetDelayMs: this.#buffer.targetMs,
    };
  }

  /** Frees the decoder. Nothing may be taken or pulled afterwards. */
  close(): void {
    this.#decoder.close();
  }

  #isKnown({ payloadType }: RtpPacket): boolean {
    return payloadType === this.#types.opus || this.#types.telephoneEvents.includes(payloadType);
  }

  #takeAudio({ packet: { payload }, sequence, timestamp }: PlacedPacket, nowMs: number): void {
    const ticks = opusTicks(payload);
    if (ticks === undefined) {
      this.#counts.unusable += 1;
      return;
    }
    const isDtx = isOpusDtx(payload);
    const insertion = this.#buffer.insert({ sequence, timestamp, ticks, payload, isDtx }, nowMs);
    if (insertion === 'late') this.#counts.late += 1;
  }

  /** The sender's clock isn't ours: now and then a frame is played twice, or two are made one, best where it's quiet. */
  #pullInPace(nowMs: number): ReceivedFrame {
    const excessMs = this.#buffer.excessMs(nowMs, this.#heldTicks);
    if (excessMs < stretchBelowMs && isQuiet(this.#previous)) {
      this.#counts.stretched += 1;
      return { pcm: this.#previous.pcm.slice(), origin: this.#previous.origin };
    }
    const frame = this.#nextFrame(nowMs);
    if (excessMs < shortenAboveMs) return frame;
    const mayHurry = excessMs > hurryAboveMs && nowMs - this.#shortenedMs >= hurryEveryMs;
    if (!isQuiet(frame) && !mayHurry) return frame;
    this.#shortenedMs = nowMs;
    this.#counts.shortened += 1;
    return { pcm: crossFade(frame.pcm, this.#nextFrame(nowMs).pcm), origin: frame.origin };
  }

  get #heldTicks(): number {
    return (this.#decoded.length * ticksPerMs * 1000) / this.#rate;
  }

  #nextFrame(nowMs: number): ReceivedFrame {
    const samples = frameSamples(this.#rate);
    let origin: ReceivedFrame['origin'] | undefined = this.#decoded.length > 0 ? this.#previous.origin : undefined;
    while (this.#decoded.length < samples) {
      const piece = this.#decoder.decode(this.#buffer.pull(nowMs));
      this.#decoded.push(piece.pcm);
      origin ??= piece.origin;
    }
    return { pcm: this.#decoded.take(samples), origin: origin ?? 'silence' };
  }
}

function isQuiet({ pcm }: ReceivedFrame): boolean {
  return levelDbfs(pcm) < quietDbfs;
}

/** One frame that begins like `from` and ends like `to`. */
function crossFade(from: Int16Array, to: Int16Array): Int16Array {
  return from.map((sample, index) => {
    const share = (index + 0.5) / from.length;
    return Math.round(sample * (1 - share) + (to[index] ?? 0) * share);
  });
}
