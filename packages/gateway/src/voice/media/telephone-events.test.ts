import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedPacket } from './rtp-timeline.ts';
import { buildTelephoneEvent, keyPackets, KeyPresses, parseTelephoneEvent } from './telephone-events.ts';

/** A packet of a press. */
interface Sent {
  atMs: number;
  timestamp: number;
  marker: boolean;
  payload: Uint8Array;
}

/** The packets of presses, `gapMs` between them, on a clock of 48 kHz. */
function press(digits: string, { pressMs = 100, gapMs = 100 } = {}): Sent[] {
  return digits.split('').flatMap((digit, index) => {
    const startMs = index * (pressMs + gapMs);
    return keyPackets(digit, pressMs, 48).map(({ afterMs, marker, payload }) => ({
      atMs: startMs + afterMs,
      timestamp: startMs * 48,
      marker,
      payload,
    }));
  });
}

/** The digits that come of packets, and of half a second without any. */
function heard(packets: readonly Sent[]): string {
  const presses = new KeyPresses();
  const digits: string[] = [];
  let nowMs = 0;
  const waitUntil = (untilMs: number): void => {
    for (; nowMs < untilMs; nowMs += 20) digits.push(...presses.expire(nowMs));
  };
  for (const { atMs, timestamp, marker, payload } of packets) {
    waitUntil(atMs);
    digits.push(...presses.take(placed(timestamp, marker, payload), atMs));
  }
  waitUntil(nowMs + 500);
  return digits.join('');
}

function placed(timestamp: number, marker: boolean, payload: Uint8Array): PlacedPacket {
  const packet = { payloadType: 110, marker, sequence: 0, timestamp, ssrc: 1, payload };
  return { packet, sequence: 0, timestamp, restarted: false };
}

const isEnd = ({ payload }: Sent): boolean => parseTelephoneEvent(payload)?.isEnd === true;

describe('keys (VOX-096)', () => {
  it('are heard once each', () => {
    expect(heard(press('1#'))).toBe('1#');
    expect(heard(press('0123456789*#ABCD'))).toBe('0123456789*#ABCD');
  });

  it('are heard twice when pressed twice', () => {
    expect(heard(press('11', { gapMs: 40 }))).toBe('11');
  });

  it('are heard at their first end packet', () => {
    const presses = new KeyPresses();
    const [first] = press('5').filter(isEnd);
    expect(presses.take(placed(0, false, first!.payload), 0)).toEqual(['5']);
  });

  it('are heard from three end packets alone, each with a marker', () => {
    const ends = press('1#').filter(isEnd);
    expect(ends).toHaveLength(6);
    expect(heard(ends.map((packet) => ({ ...packet, marker: true })))).toBe('1#');
  });

  it.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])('are heard when the end packets %i and %i are lost', (...lost) => {
    let seen = 0;
    const left = press('1').filter((packet) => !isEnd(packet) || !lost.includes(seen++));
    expect(left.filter(isEnd)).toHaveLength(1);
    expect(heard(left)).toBe('1');
  });

  it('are heard when all end packets are lost, 200 ms after the last update, or with the next key', () => {
    expect(heard(press('1').filter((packet) => !isEnd(packet)))).toBe('1');
    expect(heard(press('12', { gapMs: 60 }).filter((packet) => !isEnd(packet)))).toBe('12');

    const presses = new KeyPresses();
    presses.take(placed(0, true, press('1')[0]!.payload), 0);
    expect(presses.expire(199)).toEqual([]);
    expect(presses.expire(200)).toEqual(['1']);
    expect(presses.take(placed(0, false, press('1').at(-1)!.payload), 230)).toEqual([]);
  });

  it('are heard whichever packets but one are lost, doubled or overtaken', () => {
    const packets = press('7');
    const some = fc.shuffledSubarray(packets, { minLength: 1 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const arrivals = [...one, ...other].map((packet, index) => ({ ...packet, atMs: index * 5 }));
        expect(heard(arrivals)).toBe('7');
      }),
    );
  });

  it('are heard once when held for seconds: the press goes on under new timestamps', () => {
    const segment = (number: number, marker: boolean, end: boolean): Sent[] =>
      [0x4000, 0xc000, 0xffff].map((duration, index) => ({
        atMs: number * 1365 + index * 450,
        timestamp: number * 0xffff,
        marker: marker && index === 0,
        payload: buildTelephoneEvent({ event: 3, isEnd: end && index === 2, volume: 10, duration }),
      }));
    const close = (packets: Sent[]): Sent[] => packets.map((packet, index) => ({ ...packet, atMs: index * 20 }));
    const held = close([...segment(0, true, false), ...segment(1, false, false), ...segment(2, false, true)]);
    expect(heard(held)).toBe('3');
  });

  it('are heard whatever the rate of the clock', () => {
    const at8000 = keyPackets('9', 500, 8).map(({ afterMs, marker, payload }) => ({
      atMs: afterMs,
      timestamp: 160,
      marker,
      payload,
    }));
    expect(heard(at8000)).toBe('9');
  });

  it('are none beyond 15, and none of broken packets', () => {
    const flash = buildTelephoneEvent({ event: 16, isEnd: true, volume: 10, duration: 4800 });
    const packets = [flash, flash.subarray(0, 3), new Uint8Array()];
    expect(heard(packets.map((payload) => ({ atMs: 0, timestamp: 0, marker: true, payload })))).toBe('');
  });
});

describe('a key to be sent', () => {
  it('has an update every 20 ms, and its end three times', () => {
    const packets = keyPackets('#', 60, 48);
    expect(
      packets.map(({ afterMs, marker, payload }) => ({ afterMs, marker, ...parseTelephoneEvent(payload) })),
    ).toEqual([
      { afterMs: 0, marker: true, event: 11, isEnd: false, volume: 10, duration: 960 },
      { afterMs: 20, marker: false, event: 11, isEnd: false, volume: 10, duration: 1920 },
      { afterMs: 40, marker: false, event: 11, isEnd: false, volume: 10, duration: 2880 },
      { afterMs: 60, marker: false, event: 11, isEnd: true, volume: 10, duration: 2880 },
      { afterMs: 60, marker: false, event: 11, isEnd: true, volume: 10, duration: 2880 },
      { afterMs: 60, marker: false, event: 11, isEnd: true, volume: 10, duration: 2880 },
    ]);
  });

  it('must be one', () => {
    expect(() => keyPackets('x', 100, 48)).toThrow(RangeError);
    expect(() => keyPackets('12', 100, 48)).toThrow(RangeError);
  });
});
