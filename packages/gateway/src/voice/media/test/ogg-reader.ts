// Reads Ogg files for tests, strictly: throws for what a player might pass over.
import { oggChecksum } from '../ogg-opus.ts';

/** A page of one stream. */
export interface OggPage {
  flags: number;
  granule: bigint;
  serial: number;
  number: number;
  /** Packets, all of them whole. */
  packets: Uint8Array[];
}

/** The pages of a file. */
export function readOgg(bytes: Uint8Array): OggPage[] {
  const pages: OggPage[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const [page, length] = readPage(bytes.subarray(offset));
    pages.push(page);
    offset += length;
  }
  return pages;
}

function readPage(bytes: Uint8Array): [OggPage, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== 'OggS') throw new Error('no page begins here');
  const lacing = bytes.subarray(27, 27 + view.getUint8(26));
  const length = 27 + lacing.length + lacing.reduce((sum, segment) => sum + segment, 0);
  const unsigned = bytes.slice(0, length);
  unsigned.fill(0, 22, 26);
  if (oggChecksum(unsigned) !== view.getUint32(22, true)) throw new Error('the checksum is wrong');
  const page = {
    flags: view.getUint8(5),
    granule: view.getBigInt64(6, true),
    serial: view.getUint32(14, true),
    number: view.getUint32(18, true),
    packets: packetsOf(lacing, bytes.slice(27 + lacing.length, length)),
  };
  return [page, length];
}

function packetsOf(lacing: Uint8Array, body: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  for (const segment of lacing) {
    end += segment;
    if (segment === 255) continue;
    packets.push(body.subarray(start, end));
    start = end;
  }
  if (start !== end) throw new Error('a packet goes on in the next page');
  return packets;
}
