import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PcmFifo } from './pcm-fifo.ts';
import { joined } from './test/sound.ts';

it('samples go out as they came in, whatever the pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.int16Array({ maxLength: 30 })), fc.array(fc.nat(40)), (pieces, counts) => {
      const fifo = new PcmFifo();
      for (const piece of pieces) fifo.push(piece);
      const all = joined(pieces);
      const taken = counts.map((count) => fifo.take(count));
      const out = joined(taken);
      expect(out).toEqual(all.slice(0, out.length));
      expect(fifo.length).toBe(all.length - out.length);
      taken.reduce((left, { length }, index) => {
        expect(length).toBe(Math.min(counts[index]!, left));
        return left - length;
      }, all.length);
    }),
  );
});

it('samples may be looked at before they go out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.int16Array({ maxLength: 30 })),
      fc.array(fc.tuple(fc.nat(40), fc.nat(40))),
      (pieces, steps) => {
        const fifo = new PcmFifo();
        for (const piece of pieces) fifo.push(piece);
        for (const [seen, taken] of steps) {
          const { length } = fifo;
          const peeked = fifo.peek(seen);
          expect(fifo.length).toBe(length);
          const out = fifo.take(taken);
          const both = Math.min(peeked.length, out.length);
          expect(peeked.subarray(0, both)).toEqual(out.subarray(0, both));
        }
      },
    ),
  );
});
