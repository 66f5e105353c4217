import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav, writeWav } from './wav.ts';

describe('a WAV file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.constantFrom(1, 2), fc.constantFrom(16_000, 24_000), (pcm, channels, rate) => {
        expect(readWav(writeWav({ rate, channels, pcm }))).toEqual({ rate, channels, pcm });
      }),
    );
  });

  it('has the header programs expect', () => {
    const bytes = writeWav({ rate: 16_000, channels: 1, pcm: Int16Array.of(1, -2) });
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '524946462800000057415645666d74201000000001000100803e0000007d000002001000646174610400000' + '00100feff',
    );
  });

  it('may have chunks before its data, and be shorter than it says', () => {
    const whole = writeWav({ rate: 22_050, channels: 1, pcm: Int16Array.of(1, 2, 3) });
    const list = Uint8Array.of(...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0);
    const bytes = Uint8Array.of(...whole.subarray(0, 36), ...list, ...whole.subarray(36));
    new DataView(bytes.buffer).setUint32(36 + list.length + 4, 0xffffffff, true);
    expect(readWav(bytes)).toEqual({ rate: 22_050, channels: 1, pcm: Int16Array.of(1, 2, 3) });
  });

  it('is nothing else', () => {
    const other = writeWav({ rate: 16_000, channels: 1, pcm: Int16Array.of(1) });
    other[34] = 8;
    expect(readWav(other)).toBeUndefined();
    expect(readWav(new Uint8Array())).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readWav(bytes)));
  });
});
