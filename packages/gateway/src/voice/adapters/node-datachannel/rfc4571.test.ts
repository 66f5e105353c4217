import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrameReader, framed } from './rfc4571.ts';

it('packets come out of the stream as they went in, however it is cut', () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 10 });
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sent, cuts) => {
      const stream = Buffer.concat(sent.map(framed));
      const received: Uint8Array[] = [];
      const read = createFrameReader((packet) => received.push(Uint8Array.from(packet)));
      for (let at = 0, cut = 0; at < stream.length; cut += 1) {
        const next = at + (cuts[cut % cuts.length] ?? 1);
        expect(read(stream.subarray(at, next))).toBe(true);
        at = next;
      }
      expect(received).toEqual(sent.map((packet) => Uint8Array.from(packet)));
    }),
  );
});
