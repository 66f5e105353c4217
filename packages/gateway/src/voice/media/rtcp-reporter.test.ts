import { describe, expect, it } from 'vitest';
import { RtcpReporter } from './rtcp-reporter.ts';
import { parseRtcp, buildRtcp } from './rtcp.ts';

/** A reporter of a call that has sent so many packets and received the stream 2. */
function reporter(ssrc: number, otherSsrc: number, packets = 10): RtcpReporter {
  return new RtcpReporter({
    ssrc,
    cname: 'parley',
    sent: () => ({ ssrc, packets, octets: 600, rtpTime: 9600 }),
    received: () => ({ ssrc: otherSsrc, fractionLost: 64, cumulativeLost: 5, highestSequence: 99, jitter: 480 }),
    epochMs: Date.UTC(2026, 0, 1),
    random: () => 0.5,
  });
}

/** The next report, and when it came. */
function next(one: RtcpReporter, fromMs: number): [number, Uint8Array] {
  for (let nowMs = fromMs; ; nowMs += 20) {
    const bytes = one.due(nowMs);
    if (bytes) return [nowMs, bytes];
  }
}

describe('reports', () => {
  it('begin after a second and go on every five', () => {
    const one = reporter(1, 2);
    const [firstMs] = next(one, 0);
    const [secondMs] = next(one, firstMs + 20);
    expect([firstMs, secondMs]).toEqual([1000, 6000]);
  });

  it('say what was sent, when, what was received, and who we are', () => {
    const [, bytes] = next(reporter(1, 2), 0);
    expect(parseRtcp(bytes)).toEqual([
      {
        kind: 'sender-report',
        ssrc: 1,
        ntpTime: BigInt(Date.UTC(2026, 0, 1) / 1000 + 2_208_988_800 + 1) << 32n,
        rtpTime: 9600,
        packets: 10,
        octets: 600,
        reports: [expect.objectContaining({ ssrc: 2, fractionLost: 64, cumulativeLost: 5, lastSenderReport: 0 })],
      },
      { kind: 'description', ssrc: 1, cname: 'parley' },
    ]);
  });

  it('are receiver reports until something was sent', () => {
    const [, bytes] = next(reporter(1, 2, 0), 0);
    expect(parseRtcp(bytes)[0]?.kind).toBe('receiver-report');
  });

  it('end with a goodbye', () => {
    expect(parseRtcp(reporter(1, 2).bye(0)).at(-1)).toEqual({ kind: 'bye', ssrcs: [1] });
  });
});

describe('what the other side says', () => {
  it('tells loss, jitter and, once it answers a report of ours, the round trip', () => {
    const here = reporter(1, 2);
    const there = reporter(2, 1);
    here.take(next(there, 0)[1], 1040);
    expect(here.downlink).toEqual({ lossPercent: 25, lost: 5, jitterMs: 10, rttMs: undefined });

    const [sentMs, ours] = next(here, 0);
    there.take(ours, sentMs + 30);
    const [answeredMs, theirs] = next(there, sentMs + 30);
    expect(answeredMs - sentMs).toBeGreaterThan(1000);
    here.take(theirs, answeredMs + 50);
    expect(here.downlink?.rttMs).toBeCloseTo(80, 0);
  });

  it('of other streams is of no interest, and garbage isn’t either', () => {
    const here = reporter(1, 2);
    here.take(next(reporter(2, 3), 0)[1], 0);
    here.take(Uint8Array.of(0x81, 201, 0, 1), 0);
    here.take(buildRtcp([{ kind: 'bye', ssrcs: [2] }]), 0);
    expect(here.downlink).toBeUndefined();
  });
});
