// Packets on a stream: each after its length in two bytes (RFC 4571).

/** Longer packets than any of ICE, DTLS or RTP are somebody else's. */
const MAX_PACKET = 2_048;

/** Takes bytes as they come, and gives out packets. False: this is no such stream, and nothing more may be taken. */
export function createFrameReader(packet: (bytes: Uint8Array) => void): (bytes: Uint8Array) => boolean {
  let kept = Buffer.alloc(0);
  return (bytes) => {
    kept = kept.length === 0 ? Buffer.from(bytes) : Buffer.concat([kept, bytes]);
    let at = 0;
    while (kept.length - at >= 2) {
      const end = at + 2 + kept.readUInt16BE(at);
      if (end - at - 2 > MAX_PACKET) return false;
      if (end > kept.length) break;
      if (end > at + 2) packet(kept.subarray(at + 2, end));
      at = end;
    }
    kept = kept.subarray(at);
    return true;
  };
}

/** A packet with its length before it. */
export function framed(packet: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(2 + packet.length);
  bytes.writeUInt16BE(packet.length);
  bytes.set(packet, 2);
  return bytes;
}
