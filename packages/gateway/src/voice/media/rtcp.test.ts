import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRtcp, isRtcp, parseRtcp, type RtcpPacket } from './rtcp.ts';

const bits = (count: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** count - 1 });

const block = fc.record({
  ssrc: bits(32),
  fractionLost: bits(8),
  cumulativeLost: fc.integer({ min: -0x80_0000, max: 0x7f_ffff }),
  highestSequence: bits(32),
  jitter: bits(32),
  lastSenderReport: bits(32),
  delaySinceLastSenderReport: bits(32),
});
const reports = fc.array(block, { maxLength: 31 });

const packet: fc.Arbitrary<RtcpPacket> = fc.oneof(
  fc.record({
    kind: fc.constant('sender-report' as const),
    ssrc: bits(32),
    ntpTime: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    rtpTime: bits(32),
    packets: bits(32),
    octets: bits(32),
    reports,
  }),
  fc.record({ kind: fc.constant('receiver-report' as const), ssrc: bits(32), reports }),
  fc.record({ kind: fc.constant('description' as const), ssrc: bits(32), cname: fc.string({ maxLength: 100 }) }),
  fc.record({ kind: fc.constant('bye' as const), ssrcs: fc.array(bits(32), { maxLength: 31 }) }),
);

describe('a compound packet', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 4 }), (packets) => {
        const bytes = buildRtcp(packets);
        expect(bytes.length % 4).toBe(0);
        expect(parseRtcp(bytes)).toEqual(packets);
      }),
    );
  });

  it('is known from RTP by its type', () => {
    expect(isRtcp(buildRtcp([{ kind: 'receiver-report', ssrc: 1, reports: [] }]))).toBe(true);
    expect(isRtcp(Uint8Array.of(0x80, 111))).toBe(false);
    expect(isRtcp(Uint8Array.of(0x80, 0x80 | 111))).toBe(false);
  });

  it('loses nothing but what isn’t understood', () => {
    const known = buildRtcp([{ kind: 'bye', ssrcs: [7] }]);
    const feedback = Uint8Array.of(0x8f, 205, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2);
    expect(parseRtcp(Uint8Array.of(...feedback, ...known))).toEqual([{ kind: 'bye', ssrcs: [7] }]);
    expect(parseRtcp(Uint8Array.of(...known, ...feedback.subarray(0, 7)))).toEqual([{ kind: 'bye', ssrcs: [7] }]);
  });

  it('may be garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void parseRtcp(bytes)),
      { numRuns: 2000 },
    );
    const likely = fc
      .tuple(bits(5), fc.constantFrom(200, 201, 202, 203), bits(4), fc.uint8Array({ maxLength: 80 }))
      .map(([count, type, words, rest]) => Uint8Array.of(0x80 | count, type, 0, words, ...rest));
    fc.assert(
      fc.property(likely, (bytes) => void parseRtcp(bytes)),
      { numRuns: 2000 },
    );
  });
});
