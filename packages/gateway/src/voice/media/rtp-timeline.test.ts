import { describe, expect, it } from 'vitest';
import type { RtpPacket } from './rtp-packet.ts';
import { RtpTimeline } from './rtp-timeline.ts';

function packet(sequence: number, timestamp = sequence * 960, ssrc = 1): RtpPacket {
  return { payloadType: 111, marker: false, sequence, timestamp, ssrc, payload: new Uint8Array() };
}

/** The extended sequences packets get, with a `!` where the stream begins anew, `-` for strays. */
function places(packets: readonly RtpPacket[]): string {
  const timeline = new RtpTimeline();
  const words = packets.map((one) => {
    const placed = timeline.place(one);
    return placed ? `${placed.sequence}${placed.restarted ? '!' : ''}` : '-';
  });
  return words.join(' ');
}

describe('a stream', () => {
  it('goes on over wraps, forwards and backwards', () => {
    expect(places([65_534, 65_535, 1, 0, 65_533, 2].map((sequence) => packet(sequence)))).toBe(
      '65534! 65535 65537 65536 65533 65538',
    );
  });

  it('has timestamps that go on over wraps', () => {
    const timeline = new RtpTimeline();
    timeline.place(packet(1, 4_294_967_000));
    expect(timeline.place(packet(2, 664))?.timestamp).toBe(4_294_967_960);
  });

  it('begins anew with two packets in a row, far away or of another SSRC', () => {
    expect(places([packet(1), packet(9000), packet(9001), packet(9002)])).toBe('1! - 9001! 9002');
    expect(places([packet(1), packet(2, 0, 2), packet(3, 960, 2), packet(4, 0, 2)])).toBe('1! - 3! 4');
  });

  it('takes no notice of strays, nor of a second stream beside it', () => {
    expect(places([packet(1), packet(9000), packet(2), packet(9001), packet(3)])).toBe('1! - 2 - 3');
    expect(places([packet(1), packet(7, 0, 2), packet(2), packet(8, 0, 2), packet(3)])).toBe('1! - 2 - 3');
  });
});
