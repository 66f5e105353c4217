// Arithmetic of RTP's counters, which wrap around: 16-bit sequence numbers and 32-bit timestamps (RFC 3550).

const maxSequence = 0x1_0000;
const maxTimestamp = 0x1_0000_0000;

/** Signed distance from sequence `from` to `to`, -32768 to 32767. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Signed distance from timestamp `from` to `to`, -2^31 to 2^31 - 1 ticks. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** The extended sequence (never wraps) of `sequence`, which is near the extended sequence `near`. */
export function extendSequence(near: number, sequence: number): number {
  return near + sequenceDistance(near, sequence);
}

/** The extended timestamp (never wraps) of `timestamp`, which is near the extended timestamp `near`. */
export function extendTimestamp(near: number, timestamp: number): number {
  return near + timestampDistance(near, timestamp);
}

/** An extended sequence, or any sum, as it goes on the wire. */
export function wrapSequence(sequence: number): number {
  return wrap(sequence, maxSequence);
}

/** An extended timestamp, or any sum, as it goes on the wire. */
export function wrapTimestamp(timestamp: number): number {
  return wrap(timestamp, maxTimestamp);
}

function wrap(value: number, size: number): number {
  return ((value % size) + size) % size;
}
