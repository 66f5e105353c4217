import { describe, expect, it } from 'vitest';
import { ReceptionStats } from './reception-stats.ts';
import { parseRtp } from './rtp-packet.ts';
import { RtpTimeline } from './rtp-timeline.ts';
import { rtp } from './test/wire.ts';

/** Statistics, and a way to tell them of packet `number`, `lateMs` after its time. */
function statistics() {
  const stats = new ReceptionStats();
  const timeline = new RtpTimeline();
  const take = (number: number, lateMs = 0, ssrc = 1): void => {
    const bytes = rtp(number, number * 960, new Uint8Array());
    new DataView(bytes.buffer).setUint32(8, ssrc);
    const placed = timeline.place(parseRtp(bytes)!);
    if (placed) stats.take(placed, number * 20 + lateMs, true);
  };
  return { stats, take };
}

const upTo = (end: number): number[] => Array.from({ length: end }, (_, index) => index);

describe('counts', () => {
  it('tell what was expected, lost, doubled and overtaken, over the wrap of sequences', () => {
    const { stats, take } = statistics();
    for (const number of [65_530, 65_531, 65_533, 65_532, 65_532, 65_536, 65_539]) take(number);
    expect(stats.totals).toMatchObject({ expected: 10, received: 6, lost: 4, duplicates: 1, reordered: 1 });
    expect(stats.report()).toMatchObject({ cumulativeLost: 3, highestSequence: 0x1_0003 });
  });

  it('of jitter are as in RFC 3550', () => {
    const { stats, take } = statistics();
    // Every other packet is 16 ms late: the difference is 16 ms each time, and the mean approaches it.
    for (const number of upTo(200)) take(number, (number % 2) * 16);
    expect(stats.totals.jitterMs).toBeCloseTo(16, 1);
    take(200, 16);
    expect(stats.totals.jitterMs).toBeCloseTo(16 - 16 / 16, 1);
  });

  it('go on when the sender begins anew', () => {
    const { stats, take } = statistics();
    for (const number of [0, 1, 3]) take(number);
    for (const number of [7, 8, 9, 12]) take(number, 0, 2);
    // The first packet of another stream isn't believed yet.
    expect(stats.totals).toMatchObject({ expected: 4 + 5, received: 3 + 3, lost: 3 });
    expect(stats.report()).toMatchObject({ ssrc: 2, cumulativeLost: 2 });
  });
});

describe('reports', () => {
  it('tell the share that was lost since the last one', () => {
    const { stats, take } = statistics();
    expect(stats.report()).toBeUndefined();
    for (const number of upTo(100)) if (number % 4 !== 1) take(number);
    expect(stats.report()).toMatchObject({ fractionLost: 64, cumulativeLost: 25 });
    for (const number of upTo(100)) take(100 + number);
    expect(stats.report()).toMatchObject({ fractionLost: 0, cumulativeLost: 25 });
    expect(stats.report()).toMatchObject({ fractionLost: 0 });
  });

  it('count what came twice as received', () => {
    const { stats, take } = statistics();
    for (const number of upTo(10)) {
      take(number);
      take(number);
    }
    expect(stats.report()).toMatchObject({ fractionLost: 0, cumulativeLost: -10 });
    expect(stats.totals).toMatchObject({ lost: 0, duplicates: 10 });
  });
});
