// WAV files of 16-bit PCM: what recognisers take and tests read.

/** Sound as in a file. */
export interface Wav {
  /** Hz. */
  rate: number;
  channels: number;
  /** Interleaved. */
  pcm: Int16Array;
}

const headerBytes = 44;
const pcmFormat = 1;
/** WAVE_FORMAT_EXTENSIBLE: the true format stands at the beginning of its GUID. */
const extensibleFormat = 0xfffe;

/** Writes a file. */
export function writeWav({ rate, channels, pcm }: Wav): Uint8Array {
  const dataBytes = pcm.length * 2;
  const bytes = new Uint8Array(headerBytes + dataBytes);
  const view = new DataView(bytes.buffer);
  const name = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);

  name(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcmFormat, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, dataBytes, true);
  pcm.forEach((sample, index) => view.setInt16(headerBytes + index * 2, sample, true));
  return bytes;
}

/**
 * Reads a file; `undefined` when it isn't WAV with 16-bit PCM. A data chunk that claims to be longer than the file, as
 * programs write that don't know the length yet, ends with the file.
 */
export function readWav(bytes: Uint8Array): Wav | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (nameAt(bytes, 0) !== 'RIFF' || nameAt(bytes, 8) !== 'WAVE') return undefined;
  let format: { rate: number; channels: number } | undefined;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const length = view.getUint32(offset + 4, true);
    const start = offset + 8;
    if (nameAt(bytes, offset) === 'fmt ') format = readFormat(view, start);
    if (nameAt(bytes, offset) === 'data' && format) return { ...format, pcm: readSamples(view, start, length) };
    offset = start + length + (length % 2);
  }
  return undefined;
}

function readFormat(view: DataView, start: number): { rate: number; channels: number } | undefined {
  if (start + 16 > view.byteLength) return undefined;
  const format = view.getUint16(start, true);
  const isExtensible = format === extensibleFormat && start + 26 <= view.byteLength;
  const isPcm = (isExtensible ? view.getUint16(start + 24, true) : format) === pcmFormat;
  if (!isPcm || view.getUint16(start + 14, true) !== 16) return undefined;
  return { channels: view.getUint16(start + 2, true), rate: view.getUint32(start + 4, true) };
}

function readSamples(view: DataView, start: number, length: number): Int16Array {
  const count = Math.floor(Math.min(length, view.byteLength - start) / 2);
  return Int16Array.from({ length: count }, (_, index) => view.getInt16(start + index * 2, true));
}

function nameAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
