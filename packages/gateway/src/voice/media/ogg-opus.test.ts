import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oggChecksum, OggOpusWriter } from './ogg-opus.ts';
import { readOgg, type OggPage } from './test/ogg-reader.ts';

const options = { channels: 2, preSkip: 312, inputRate: 24_000, serial: 0xcafe, vendor: 'Parley' } as const;

/** A file of these packets, each of 20 ms. */
function file(packets: readonly Uint8Array[], unheard = 0): OggPage[] {
  const writer = new OggOpusWriter(options);
  const parts = [writer.begin(), ...packets.map((packet) => writer.write(packet, 960)), writer.end(unheard)];
  return readOgg(Uint8Array.from(parts.flatMap((part) => [...part])));
}

describe('an Ogg file', () => {
  it('has pages in order, the first and the last marked, headers alone in theirs', () => {
    const pages = file(
      Array.from({ length: 120 }, () => Uint8Array.of(1, 2, 3)),
      100,
    );
    expect(pages.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
    expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 4]);
    expect(pages.every(({ serial }) => serial === 0xcafe)).toBe(true);
    expect(pages.map(({ packets }) => packets.length)).toEqual([1, 1, 50, 50, 20]);
    expect(pages.map(({ granule }) => Number(granule))).toEqual([0, 0, 48_000, 96_000, 115_100]);
  });

  it('says who it is, as in RFC 7845', () => {
    const [head, tags] = file([]).flatMap(({ packets }) => packets.map((packet) => Buffer.from(packet)));
    expect(head?.toString('latin1', 0, 8)).toBe('OpusHead');
    expect([...head!.subarray(8)]).toEqual([1, 2, 312 & 0xff, 312 >> 8, 0xc0, 0x5d, 0, 0, 0, 0, 0]);
    expect(tags?.toString('latin1')).toBe('OpusTags\x06\0\0\0Parley\0\0\0\0');
  });

  it('keeps packets of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1400 }), { maxLength: 130 }), (lengths) => {
        const packets = lengths.map((length, index) => new Uint8Array(length).fill(index));
        expect(
          file(packets)
            .slice(2)
            .flatMap((page) => page.packets),
        ).toEqual(packets);
      }),
      { numRuns: 30 },
    );
    for (const length of [254, 255, 256, 510]) {
      expect(file([new Uint8Array(length)]).at(-1)?.packets[0]).toHaveLength(length);
    }
  });
});

it('the checksum is that of the Ogg specification', () => {
  // The check value of this CRC with a start of 0.
  expect(oggChecksum(new TextEncoder().encode('123456789'))).toBe(0x89a1897f);
});
