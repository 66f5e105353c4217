// RTP packets between bytes and values (RFC 3550, section 5.1).

/** The packet as it came or will go; counters are as on the wire and wrap. */
export interface RtpPacket {
  /** 0 to 127. */
  payloadType: number;
  marker: boolean;
  /** 16 bits. */
  sequence: number;
  /** 32 bits. */
  timestamp: number;
  /** 32 bits. */
  ssrc: number;
  payload: Uint8Array;
  /** Contributing sources, at most 15. */
  csrcs?: readonly number[];
  extension?: RtpExtension;
}

/** The header extension, undecoded. Its data is a multiple of 4 bytes. */
export interface RtpExtension {
  profile: number;
  data: Uint8Array;
}

const version = 2;
const fixedHeaderBytes = 12;

/** Reads a packet; `undefined` when it isn't one. The payload is a view of `bytes`, without padding. */
export function parseRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < fixedHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(0);
  if (flags >> 6 !== version) return undefined;

  const csrcCount = flags & 0x0f;
  let offset = fixedHeaderBytes + csrcCount * 4;
  const extension = (flags & 0x10) !== 0 ? readExtension(view, offset) : undefined;
  if ((flags & 0x10) !== 0) {
    if (!extension) return undefined;
    offset += 4 + extension.data.length;
  }
  const end = bytes.length - ((flags & 0x20) !== 0 ? view.getUint8(bytes.length - 1) : 0);
  const paddedByNothing = (flags & 0x20) !== 0 && end === bytes.length;
  if (offset > end || paddedByNothing) return undefined;

  return {
    payloadType: view.getUint8(1) & 0x7f,
    marker: (view.getUint8(1) & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(offset, end),
    ...(csrcCount > 0 && { csrcs: readCsrcs(view, csrcCount) }),
    ...(extension && { extension }),
  };
}

/** Writes a packet. Values out of their range are a mistake of the caller and are cut to their bits. */
export function buildRtp(packet: RtpPacket): Uint8Array {
  const csrcs = packet.csrcs ?? [];
  const extensionBytes = packet.extension ? 4 + packet.extension.data.length : 0;
  const headerBytes = fixedHeaderBytes + csrcs.length * 4 + extensionBytes;
  const bytes = new Uint8Array(headerBytes + packet.payload.length);
  const view = new DataView(bytes.buffer);

  view.setUint8(0, (version << 6) | (packet.extension ? 0x10 : 0) | csrcs.length);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | packet.payloadType);
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  csrcs.forEach((csrc, index) => view.setUint32(fixedHeaderBytes + index * 4, csrc));
  if (packet.extension) writeExtension(bytes, view, headerBytes - extensionBytes, packet.extension);
  bytes.set(packet.payload, headerBytes);
  return bytes;
}

function readCsrcs(view: DataView, count: number): number[] {
  return Array.from({ length: count }, (_, index) => view.getUint32(fixedHeaderBytes + index * 4));
}

function readExtension(view: DataView, offset: number): RtpExtension | undefined {
  if (offset + 4 > view.byteLength) return undefined;
  const dataBytes = view.getUint16(offset + 2) * 4;
  if (offset + 4 + dataBytes > view.byteLength) return undefined;
  const data = new Uint8Array(view.buffer, view.byteOffset + offset + 4, dataBytes);
  return { profile: view.getUint16(offset), data };
}

function writeExtension(bytes: Uint8Array, view: DataView, offset: number, extension: RtpExtension): void {
  view.setUint16(offset, extension.profile);
  view.setUint16(offset + 2, extension.data.length / 4);
  bytes.set(extension.data, offset + 4);
}
