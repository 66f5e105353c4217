import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRtp, parseRtp, type RtpPacket } from './rtp-packet.ts';

const bits = (count: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** count - 1 });

const extension = fc.record({
  profile: bits(16),
  data: fc.array(bits(32), { maxLength: 8 }).map((words) => new Uint8Array(words.length * 4).fill(words.length)),
});

const packet: fc.Arbitrary<RtpPacket> = fc.record(
  {
    payloadType: bits(7),
    marker: fc.boolean(),
    sequence: bits(16),
    timestamp: bits(32),
    ssrc: bits(32),
    payload: fc.uint8Array({ maxLength: 300 }),
    csrcs: fc.array(bits(32), { minLength: 1, maxLength: 15 }),
    extension,
  },
  { requiredKeys: ['payloadType', 'marker', 'sequence', 'timestamp', 'ssrc', 'payload'] },
);

/** Copies views of larger arrays, so that they can be compared. */
function plain(parsed: RtpPacket | undefined): RtpPacket | undefined {
  if (!parsed) return undefined;
  const { payload, extension: header, ...rest } = parsed;
  return {
    ...rest,
    payload: payload.slice(),
    ...(header && { extension: { profile: header.profile, data: header.data.slice() } }),
  };
}

describe('an RTP packet', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(packet, (value) => {
        expect(plain(parseRtp(buildRtp(value)))).toEqual(value);
      }),
    );
  });

  it('is read from the middle of a larger buffer', () => {
    const bytes = buildRtp({
      payloadType: 111,
      marker: true,
      sequence: 1,
      timestamp: 2,
      ssrc: 3,
      payload: Uint8Array.of(9),
    });
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 5);
    expect(parseRtp(larger.subarray(5, 5 + bytes.length))).toMatchObject({ ssrc: 3, payload: Uint8Array.of(9) });
  });

  it('loses its padding', () => {
    const bytes = buildRtp({
      payloadType: 0,
      marker: false,
      sequence: 1,
      timestamp: 2,
      ssrc: 3,
      payload: Uint8Array.of(7, 8, 0, 0, 3),
    });
    bytes[0]! |= 0x20;
    expect(parseRtp(bytes)?.payload.slice()).toEqual(Uint8Array.of(7, 8));
  });
});

describe('what is no RTP packet', () => {
  const good = buildRtp({
    payloadType: 0,
    marker: false,
    sequence: 1,
    timestamp: 2,
    ssrc: 3,
    payload: Uint8Array.of(7, 8),
  });
  const changed = (index: number, value: number): Uint8Array => {
    const bytes = good.slice();
    bytes[index] = value;
    return bytes;
  };

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['half a header', good.subarray(0, 11)],
    ['another version', changed(0, 0x40)],
    ['more sources than bytes', changed(0, 0x8f)],
    ['an extension that isn’t there', changed(0, 0x90)],
    ['more padding than bytes', changed(0, 0xa0).fill(200, 13)],
    ['padding of no bytes', changed(0, 0xa0).fill(0, 13)],
  ])('is undefined: %s', (_what, bytes) => {
    expect(parseRtp(bytes)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void parseRtp(bytes)),
      { numRuns: 2000 },
    );
    const likely = fc
      .uint8Array({ minLength: 12, maxLength: 80 })
      .map((bytes) => bytes.with(0, 0x80 | (bytes[0]! & 0x3f)));
    fc.assert(
      fc.property(likely, (bytes) => void parseRtp(bytes)),
      { numRuns: 2000 },
    );
  });
});
