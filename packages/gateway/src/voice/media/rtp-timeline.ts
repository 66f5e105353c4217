// Gives the packets of a stream counters that never wrap, and notices when the sender begins anew (RFC 3550, A.1).
import type { RtpPacket } from './rtp-packet.ts';
import { extendSequence, extendTimestamp } from './sequence.ts';

/** A packet and its place in its stream. */
export interface PlacedPacket {
  packet: RtpPacket;
  /** Sequence that never wraps. */
  sequence: number;
  /** Timestamp that never wraps, in ticks. */
  timestamp: number;
  /** The stream began anew with it: nothing before it counts any more. True of the first packet, too. */
  restarted: boolean;
}

/** Packets this far ahead, or this late, belong to the stream; farther ones are strays, or a new beginning. */
const maxAhead = 3000;
const maxLate = 300;

/** Follows one stream. Another SSRC, or a leap of the sequence, is believed when two packets in a row say so. */
export class RtpTimeline {
  #ssrc: number | undefined;
  #sequence = 0;
  #timestamp = 0;
  #candidate: { ssrc: number; next: number } | undefined;

  /** The place of a packet; `undefined` for a stray. */
  place(packet: RtpPacket): PlacedPacket | undefined {
    if (this.#ssrc === undefined) return this.#begin(packet);
    const sequence = extendSequence(this.#sequence, packet.sequence);
    const ahead = sequence - this.#sequence;
    if (packet.ssrc !== this.#ssrc || ahead > maxAhead || ahead < -maxLate) return this.#doubt(packet);

    this.#candidate = undefined;
    const timestamp = extendTimestamp(this.#timestamp, packet.timestamp);
    if (ahead > 0) {
      this.#sequence = sequence;
      this.#timestamp = timestamp;
    }
    return { packet, sequence, timestamp, restarted: false };
  }

  #doubt(packet: RtpPacket): PlacedPacket | undefined {
    const { ssrc, sequence } = packet;
    if (this.#candidate?.ssrc === ssrc && this.#candidate.next === sequence) return this.#begin(packet);
    this.#candidate = { ssrc, next: (sequence + 1) & 0xffff };
    return undefined;
  }

  #begin(packet: RtpPacket): PlacedPacket {
    this.#ssrc = packet.ssrc;
    this.#sequence = packet.sequence;
    this.#timestamp = packet.timestamp;
    this.#candidate = undefined;
    return { packet, sequence: packet.sequence, timestamp: packet.timestamp, restarted: true };
  }
}
