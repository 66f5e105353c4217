import { describe, expect, it } from 'vitest';
import { EchoLoop } from './echo-loop.ts';
import { buildRtp, parseRtp } from './rtp-packet.ts';
import { eventType, rtp } from './test/wire.ts';

const start = { ssrc: 99, sequence: 65_535, timestamp: 4_294_967_000 };
const payload = Uint8Array.of(1, 2, 3);

/** What comes back, in brief: sequence and timestamp. */
function counters(bytes: Uint8Array | undefined): [number, number] | undefined {
  const packet = bytes && parseRtp(bytes);
  return packet && [packet.sequence, packet.timestamp];
}

describe('an echo', () => {
  it('has counters of its own, in the steps of the caller’s', () => {
    const echo = new EchoLoop(start);
    const back = [10, 11, 14, 13].map((number) => counters(echo.take(rtp(number, number * 960, payload))));
    expect(back).toEqual([
      [65_535, 4_294_967_000],
      [0, 664],
      [3, 3544],
      [2, 2584],
    ]);
    expect(echo.counts).toEqual({ ssrc: 99, packets: 4, octets: 12 });
  });

  it('has the payload, its type and the marker, and nothing else of the caller’s', () => {
    const came = { payloadType: eventType, marker: true, sequence: 1, timestamp: 2, ssrc: 3, payload };
    const extension = { profile: 0xbede, data: new Uint8Array(4) };
    const back = parseRtp(new EchoLoop(start).take(buildRtp({ ...came, csrcs: [5], extension }))!);
    expect(back).toEqual({ ...came, ssrc: 99, sequence: 65_535, timestamp: 4_294_967_000 });
  });

  it('is one stream, even when the caller’s begins anew', () => {
    const echo = new EchoLoop(start);
    echo.take(rtp(10, 9600, payload));
    expect(echo.take(rtp(30_000, 1_000_000, payload))).toBeUndefined();
    expect(counters(echo.take(rtp(30_001, 1_000_960, payload)))).toEqual([0, 4_294_967_000]);
  });

  it('of garbage is nothing', () => {
    expect(new EchoLoop(start).take(payload)).toBeUndefined();
  });
});
