// What an Opus packet tells without decoding it (RFC 6716, section 3.1).
import { ticksPerMs } from './pcm.ts';

/** Longest packet Opus allows: 120 ms. */
const maxTicks = 120 * ticksPerMs;
/** Ticks of a frame by configuration number, and whether the coder is SILK alone, both, or CELT alone. */
const silkTicks = [480, 960, 1920, 2880];
const hybridTicks = [480, 960];
const celtTicks = [120, 240, 480, 960];

/** How long the packet sounds, in RTP ticks; `undefined` when it can't be an Opus packet. */
export function opusTicks(packet: Uint8Array): number | undefined {
  const frames = frameCount(packet);
  if (frames === undefined || frames === 0) return undefined;
  const ticks = frames * frameTicksOf(configuration(packet));
  return ticks <= maxTicks ? ticks : undefined;
}

/** True when the sender says with it that nothing is to be heard (DTX): there is hardly more than the first byte. */
export function isOpusDtx(packet: Uint8Array): boolean {
  return packet.length <= 2;
}

/** True when the packet carries a copy of the audio before it (LBRR, RFC 6716, section 4.2.3), for either channel. */
export function carriesOpusFec(packet: Uint8Array): boolean {
  const config = configuration(packet);
  if (config >= 16) return false;
  const first = packet[firstFrameOffset(packet)];
  if (first === undefined) return false;
  const silkFrames = Math.max(1, frameTicksOf(config) / 960);
  const flagOf = (channel: number): number => (first >> (7 - silkFrames - channel * (silkFrames + 1))) & 1;
  const isStereo = ((packet[0] ?? 0) & 0x04) !== 0;
  return flagOf(0) === 1 || (isStereo && flagOf(1) === 1);
}

function configuration(packet: Uint8Array): number {
  return (packet[0] ?? 0) >> 3;
}

function frameTicksOf(config: number): number {
  if (config < 12) return silkTicks[config % 4] ?? 0;
  if (config < 16) return hybridTicks[config % 2] ?? 0;
  return celtTicks[config % 4] ?? 0;
}

function frameCount(packet: Uint8Array): number | undefined {
  const [first, second] = packet;
  if (first === undefined) return undefined;
  const code = first & 0x03;
  if (code === 0) return 1;
  if (code < 3) return 2;
  return second === undefined ? undefined : second & 0x3f;
}

/** Where the first frame begins, or a place past the end. Lengths of frames and padding stand before it. */
function firstFrameOffset(packet: Uint8Array): number {
  const [first = 0, second = 0] = packet;
  const code = first & 0x03;
  if (code < 2) return 1;
  if (code === 2) return 1 + lengthBytes(packet, 1);

  let offset = 2;
  if ((second & 0x40) !== 0) {
    while (packet[offset] === 255) offset += 1;
    offset += 1;
  }
  const isVariable = (second & 0x80) !== 0;
  const lengths = isVariable ? (second & 0x3f) - 1 : 0;
  for (let read = 0; read < lengths; read += 1) offset += lengthBytes(packet, offset);
  return offset;
}

/** A frame's length takes one byte, or two when it is long (RFC 6716, section 3.2.1). */
function lengthBytes(packet: Uint8Array, offset: number): number {
  return (packet[offset] ?? 0) >= 252 ? 2 : 1;
}
