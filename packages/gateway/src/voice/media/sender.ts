// The way of the agent's voice: audio in whenever there is some, a packet out every 20 ms, silence included.
import type { Opus, OpusEncoder, OpusEncoderOptions } from '../ports/opus.ts';
import { frameSamples, frameTicks } from './pcm.ts';
import { PlayoutQueue, type PlayoutEvents } from './playout-queue.ts';
import { buildRtp } from './rtp-packet.ts';
import { wrapSequence, wrapTimestamp } from './sequence.ts';

/** What a sender needs. */
export interface SenderOptions {
  opus: Opus;
  /** Negotiated for Opus. */
  payloadType: number;
  /** Where the counters begin; RFC 3550 wants them to be random. */
  start: { ssrc: number; sequence: number; timestamp: number };
  /** What happens to segments. */
  events?: PlayoutEvents;
}

/** What left in 20 ms. */
export interface SentFrame {
  /** RTP. */
  packet: Uint8Array;
  /** The audio in it, mono at 24 kHz; for a recording. */
  pcm: Int16Array;
  /** Something was said, not silence. */
  isSpeech: boolean;
}

/** What an RTCP sender report says. */
export interface SentCounts {
  ssrc: number;
  packets: number;
  /** Payload only. */
  octets: number;
}

/** Rate of the audio that is sent, Hz. */
export const sentRate = 24_000;

/** FEC costs bits for each percent of loss that is expected. */
const encoding: OpusEncoderOptions = {
  rate: sentRate,
  channels: 1,
  application: 'voip',
  bitrate: 40_000,
  complexity: 1,
  expectedLossPercent: 12,
};

/** After so many frames of silence the encoder says the same again and again: one packet will do for the rest. */
const settlingFrames = 10;

/** Makes a sender. Close it to free the encoder. */
export async function createSender(options: SenderOptions): Promise<Sender> {
  return new Sender(options, await options.opus.createEncoder(encoding));
}

/** Sends one call's audio: its queue takes what is to be said, `tick` gives the packets. */
export class Sender {
  /** What is to be said, mono at 24 kHz. */
  readonly queue: PlayoutQueue;
  readonly #encoder: OpusEncoder;
  readonly #ssrc: number;
  readonly #silence = new Int16Array(frameSamples(sentRate));
  #payloadType: number;
  #sequence: number;
  #timestamp: number;
  /** The frame that comes next in all likelihood, encoded already. */
  #prepared: { frame: Int16Array; payload: Uint8Array } | undefined;
  #silentFrames = 0;
  #silentPayload: Uint8Array = new Uint8Array();
  #packets = 0;
  #octets = 0;

  constructor({ payloadType, start, events }: SenderOptions, encoder: OpusEncoder) {
    this.queue = new PlayoutQueue(sentRate, events);
    this.#encoder = encoder;
    this.#payloadType = payloadType;
    this.#ssrc = start.ssrc;
    this.#sequence = start.sequence;
    this.#timestamp = start.timestamp;
  }

  /** The packet of the next 20 ms. To be called 50 times a second: timestamps go on whether something is said or not. */
  tick(): SentFrame {
    const speech = this.queue.next();
    const marker = speech !== undefined && (this.#silentFrames > 0 || this.#packets === 0);
    const payload = speech ? this.#encodeSpeech(speech) : this.#encodeSilence();
    return { packet: this.#packetOf(payload, marker), pcm: speech ?? this.#silence, isSpeech: speech !== undefined };
  }

  /** Encodes what the next tick will say unless something comes between: to be called when there is time for it. */
  prepare(): void {
    if (this.#prepared) return;
    const frame = this.queue.peek();
    if (frame) this.#prepared = { frame, payload: this.#encoder.encode(frame) };
  }

  /** After a renegotiation. */
  usePayloadType(payloadType: number): void {
    this.#payloadType = payloadType;
  }

  get counts(): SentCounts {
    return { ssrc: this.#ssrc, packets: this.#packets, octets: this.#octets };
  }

  /** RTP timestamp of the next packet, 32 bits; for RTCP. */
  get timestamp(): number {
    return this.#timestamp;
  }

  /** Frees the encoder. No tick may follow. */
  close(): void {
    this.#encoder.close();
  }

  #encodeSpeech(frame: Int16Array): Uint8Array {
    this.#silentFrames = 0;
    const prepared = this.#prepared;
    this.#prepared = undefined;
    return prepared && isSame(prepared.frame, frame) ? prepared.payload : this.#encoder.encode(frame);
  }

  #encodeSilence(): Uint8Array {
    this.#prepared = undefined;
    if (this.#silentFrames < settlingFrames) this.#silentPayload = this.#encoder.encode(this.#silence);
    this.#silentFrames += 1;
    return this.#silentPayload;
  }

  #packetOf(payload: Uint8Array, marker: boolean): Uint8Array {
    const packet = buildRtp({
      payloadType: this.#payloadType,
      marker,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
      ssrc: this.#ssrc,
      payload,
    });
    this.#sequence = wrapSequence(this.#sequence + 1);
    this.#timestamp = wrapTimestamp(this.#timestamp + frameTicks);
    this.#packets += 1;
    this.#octets += payload.length;
    return packet;
  }
}

function isSame(one: Int16Array, other: Int16Array): boolean {
  return one.length === other.length && one.every((sample, index) => sample === other[index]);
}
