// Echo mode: the caller's packets go back as they came, under counters of our own. Nothing is decoded.
import { buildRtp, parseRtp } from './rtp-packet.ts';
import { RtpTimeline, type PlacedPacket } from './rtp-timeline.ts';
import type { SentCounts } from './sender.ts';
import { wrapSequence, wrapTimestamp } from './sequence.ts';

/** Makes the packets that go back. Loss, order and gaps stay what they were; tones are looped, too. */
export class EchoLoop {
  readonly #ssrc: number;
  readonly #timeline = new RtpTimeline();
  /** The next counters, if the sender begins anew. */
  #sequence: number;
  #timestamp: number;
  /** What to add to the caller's counters. */
  #offset = { sequence: 0, timestamp: 0 };
  #packets = 0;
  #octets = 0;

  /** Where our counters begin. */
  constructor(start: { ssrc: number; sequence: number; timestamp: number }) {
    this.#ssrc = start.ssrc;
    this.#sequence = start.sequence;
    this.#timestamp = start.timestamp;
  }

  /** The packet to send for one that came; `undefined` for what is no RTP or of no known stream. Never throws. */
  take(bytes: Uint8Array): Uint8Array | undefined {
    const packet = parseRtp(bytes);
    const placed = packet && this.#timeline.place(packet);
    return placed && this.#sendBack(placed);
  }

  get counts(): SentCounts {
    return { ssrc: this.#ssrc, packets: this.#packets, octets: this.#octets };
  }

  /** RTP timestamp after the newest packet, 32 bits; for RTCP. */
  get timestamp(): number {
    return wrapTimestamp(this.#timestamp);
  }

  #sendBack({ packet, sequence, timestamp, restarted }: PlacedPacket): Uint8Array {
    if (restarted) {
      this.#offset = { sequence: this.#sequence - sequence, timestamp: this.#timestamp - timestamp };
    }
    const ours = { sequence: sequence + this.#offset.sequence, timestamp: timestamp + this.#offset.timestamp };
    this.#sequence = Math.max(this.#sequence, ours.sequence + 1);
    this.#timestamp = Math.max(this.#timestamp, ours.timestamp);
    this.#packets += 1;
    this.#octets += packet.payload.length;
    return buildRtp({
      payloadType: packet.payloadType,
      marker: packet.marker,
      sequence: wrapSequence(ours.sequence),
      timestamp: wrapTimestamp(ours.timestamp),
      ssrc: this.#ssrc,
      payload: packet.payload,
    });
  }
}
