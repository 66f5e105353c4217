// RTP as a stranger writes and reads it (RFC 3550, section 5.1).

/** The parts of a packet that tests look at. */
export interface RtpParts {
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

/** Writes a packet without extensions. */
export function rtpPacket({ payloadType, sequence, timestamp, ssrc, payload }: RtpParts): Uint8Array {
  const bytes = Buffer.alloc(12 + payload.length);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(payloadType, 1);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc >>> 0, 8);
  bytes.set(payload, 12);
  return Uint8Array.from(bytes);
}

/** Reads what {@link rtpPacket} writes; undefined for RTCP. */
export function readRtp(packet: Uint8Array): RtpParts | undefined {
  const bytes = Buffer.from(packet);
  const type = bytes.readUInt8(1);
  if (type >= 192 && type <= 223) return undefined;
  return {
    payloadType: type & 0x7f,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(12),
  };
}
