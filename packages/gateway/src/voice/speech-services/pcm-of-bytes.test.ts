import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfPcm, pcmOfBytes } from './pcm-of-bytes.ts';

it('reads the same samples wherever the bytes are cut', async () => {
  const samples = fc.int16Array({ maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(samples, fc.array(fc.nat(7), { maxLength: 40 }), async (pcm, cuts) => {
      const read: number[] = [];
      for await (const piece of pcmOfBytes(cutUp(bytesOfPcm(pcm), cuts))) read.push(...piece);
      expect(read).toEqual([...pcm]);
    }),
  );
});

it('drops half a sample at the end', async () => {
  const read: number[] = [];
  for await (const piece of pcmOfBytes(cutUp(Uint8Array.of(1, 0, 2), []))) read.push(...piece);
  expect(read).toEqual([1]);
});

async function* cutUp(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const length of lengths) yield bytes.subarray(at, (at += length));
  yield bytes.subarray(at);
}
