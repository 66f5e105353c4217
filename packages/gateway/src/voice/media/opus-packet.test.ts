import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesOpusFec, isOpusDtx, opusTicks } from './opus-packet.ts';

/** The first byte of a packet. */
const first = (config: number, isStereo: boolean, code: number): number => (config << 3) | (isStereo ? 4 : 0) | code;

describe('the length of a packet', () => {
  it.each([
    [0, 0, 10],
    [3, 0, 60],
    [9, 0, 20],
    [12, 0, 10],
    [15, 0, 20],
    [16, 0, 2.5],
    [31, 0, 20],
    [31, 1, 40],
    [3, 2, 120],
  ])('of configuration %i with code %i is %f ms', (config, code, ms) => {
    expect(opusTicks(Uint8Array.of(first(config, false, code), 0, 0))).toBe(ms * 48);
  });

  it('is counted where there are many frames, up to 120 ms', () => {
    const packet = (config: number, count: number): Uint8Array =>
      Uint8Array.of(first(config, true, 3), 0xc0 | count, 0);
    expect(opusTicks(packet(9, 3))).toBe(2880);
    expect(opusTicks(packet(16, 48))).toBe(5760);
    expect(opusTicks(packet(9, 7))).toBeUndefined();
    expect(opusTicks(packet(9, 0))).toBeUndefined();
    expect(opusTicks(Uint8Array.of(first(9, false, 3)))).toBeUndefined();
    expect(opusTicks(new Uint8Array())).toBeUndefined();
  });
});

describe('the copy of the frame before', () => {
  it.each([
    ['20 ms', [first(9, false, 0), 0b0100_0000], true],
    ['20 ms, voice activity alone', [first(9, false, 0), 0b1000_0000], false],
    ['60 ms: behind three flags of voice', [first(11, false, 0), 0b0001_0000], true],
    ['60 ms, voice activity alone', [first(11, false, 0), 0b1110_0000], false],
    ['stereo, in the second channel', [first(9, true, 0), 0b0001_0000], true],
    ['hybrid', [first(15, false, 0), 0b0100_0000], true],
    ['CELT, which has none', [first(31, false, 0), 0b0100_0000], false],
    ['two frames of different lengths', [first(9, false, 2), 1, 0b0100_0000, 0], true],
    ['several frames behind their padding', [first(9, false, 3), 0x42, 2, 0b0100_0000, 0, 0, 0], true],
    ['no frame', [first(9, false, 0)], false],
  ])('is seen: %s', (_what, bytes, carries) => {
    expect(carriesOpusFec(Uint8Array.from(bytes))).toBe(carries);
  });
});

it('a packet of hardly more than its first byte falls silent', () => {
  expect(isOpusDtx(Uint8Array.of(0x78))).toBe(true);
  expect(isOpusDtx(Uint8Array.of(0x78, 1, 2))).toBe(false);
});

it('any bytes can be asked', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => void [opusTicks(bytes), carriesOpusFec(bytes)]));
});
