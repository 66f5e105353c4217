// Whom a connectivity check is for (RFC 8445, section 7.2.2): the user name is `<receiver's ufrag>:<sender's ufrag>`.

const HEADER = 20;
const BINDING_REQUEST = 0x0001;
const MAGIC_COOKIE = 0x2112a442;
const USERNAME = 0x0006;

/** The receiver's user name in a STUN binding request; undefined for anything else. Proves nothing. */
export function checkedUfrag(packet: Uint8Array): string | undefined {
  if (packet.length < HEADER) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint16(0) !== BINDING_REQUEST || view.getUint32(4) !== MAGIC_COOKIE) return undefined;
  for (let at = HEADER; at + 4 <= packet.length;) {
    const length = view.getUint16(at + 2);
    const end = at + 4 + length;
    if (end > packet.length) return undefined;
    if (view.getUint16(at) === USERNAME) {
      return Buffer.from(packet.subarray(at + 4, end))
        .toString('utf8')
        .split(':')[0];
    }
    // Attributes are padded to four bytes.
    at = end + ((4 - (length % 4)) % 4);
  }
  return undefined;
}
