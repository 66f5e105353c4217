// RTP as the bench sends it: twelve bytes before the payload (RFC 3550, section 5.1).

const HEADER_BYTES = 12;
const OPUS_TYPE = 111;
const FRAME_TICKS = 960;

/** The packet of a stream's frame; frames are counted from 0. */
export function rtpPacket(payload: Uint8Array, frame: number, ssrc: number): Uint8Array {
  const packet = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(OPUS_TYPE, 1);
  packet.writeUInt16BE(frame & 0xffff, 2);
  packet.writeUInt32BE((frame * FRAME_TICKS) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.set(payload, HEADER_BYTES);
  return packet;
}
