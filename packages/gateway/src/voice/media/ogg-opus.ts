// Opus packets as an Ogg file (RFC 3533, RFC 7845), page by page.

/** What a file says about itself. */
export interface OggOpusOptions {
  channels: 1 | 2;
  /** Samples at 48 kHz to be dropped at the beginning, while decoders settle. */
  preSkip: number;
  /** Rate of what was encoded, Hz; for information. */
  inputRate: number;
  /** Identifies the stream in a file, 32 bits. */
  serial: number;
  /** The program that wrote the file. */
  vendor: string;
}

/** A page holds 255 segments of 255 bytes; a second of speech is far less. */
const maxSegments = 255;
const segmentBytes = 255;
const packetsPerPage = 50;
const pageHeaderBytes = 27;
const flags = { first: 0x02, last: 0x04 };

/** Writes one file: every method returns the bytes that are complete, in their order. */
export class OggOpusWriter {
  readonly #options: OggOpusOptions;
  readonly #waiting: Uint8Array[] = [];
  #waitingSegments = 0;
  #pageNumber = 0;
  /** Samples at 48 kHz up to the end of the last packet, those to be dropped included. */
  #granule = 0n;

  constructor(options: OggOpusOptions) {
    this.#options = options;
  }

  /** The beginning of the file. */
  begin(): Uint8Array {
    const first = this.#page([identification(this.#options)], 0n, flags.first);
    return concatenated([first, this.#page([comments(this.#options.vendor)], 0n, 0)]);
  }

  /** A packet that sounds for so many samples at 48 kHz, up to 60 kB. Returns a page, or nothing yet. */
  write(packet: Uint8Array, samples: number): Uint8Array {
    const segments = segmentsOf(packet);
    const isFull = this.#waiting.length === packetsPerPage || this.#waitingSegments + segments > maxSegments;
    const page = isFull ? this.#flush(0) : new Uint8Array();
    this.#waiting.push(packet);
    this.#waitingSegments += segments;
    this.#granule += BigInt(samples);
    return page;
  }

  /** The end of the file. `unheard`: samples at 48 kHz at the end of the last packet that aren't to be played. */
  end(unheard = 0): Uint8Array {
    this.#granule -= BigInt(unheard);
    return this.#flush(flags.last);
  }

  #flush(flag: number): Uint8Array {
    const page = this.#page(this.#waiting, this.#granule, flag);
    this.#waiting.length = 0;
    this.#waitingSegments = 0;
    return page;
  }

  #page(packets: readonly Uint8Array[], granule: bigint, flag: number): Uint8Array {
    const lacing = packets.flatMap(lacingOf);
    const body = concatenated(packets);
    const page = new Uint8Array(pageHeaderBytes + lacing.length + body.length);
    const view = new DataView(page.buffer);
    page.set(ascii('OggS'));
    view.setUint8(5, flag);
    view.setBigInt64(6, granule, true);
    view.setUint32(14, this.#options.serial, true);
    view.setUint32(18, this.#pageNumber, true);
    view.setUint8(26, lacing.length);
    page.set(lacing, pageHeaderBytes);
    page.set(body, pageHeaderBytes + lacing.length);
    view.setUint32(22, oggChecksum(page), true);
    this.#pageNumber += 1;
    return page;
  }
}

/** The checksum of a page whose checksum field is zero: CRC-32 with the polynomial 04c11db7, nothing reflected. */
export function oggChecksum(page: Uint8Array): number {
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ (checksumTable[(sum >>> 24) ^ byte] ?? 0)) >>> 0;
  return sum;
}

const checksumTable: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0);
  return sum;
});

function identification({ channels, preSkip, inputRate }: OggOpusOptions): Uint8Array {
  const bytes = new Uint8Array(19);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii('OpusHead'));
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, inputRate, true);
  return bytes;
}

function comments(vendor: string): Uint8Array {
  const name = ascii(vendor);
  const bytes = new Uint8Array(16 + name.length);
  bytes.set(ascii('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, name.length, true);
  bytes.set(name, 12);
  return bytes;
}

function segmentsOf({ length }: Uint8Array): number {
  return Math.floor(length / segmentBytes) + 1;
}

/** A packet's length as segments: full ones, then one that isn't full. */
function lacingOf(packet: Uint8Array): number[] {
  const lacing = Array.from({ length: segmentsOf(packet) }, () => segmentBytes);
  return lacing.with(-1, packet.length % segmentBytes);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
