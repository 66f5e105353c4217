import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, batchFrames } from './replay.ts';

const stamp = (): { id: string; timestamp: string } => ({
  id: '5f0c2a51-8f5e-4a55-9a3e-3f8f4f0a7d11',
  timestamp: '2026-01-01T00:00:00.000Z',
});

interface Batch {
  sequence: null;
  payload: { events: unknown[] };
}

/** An encoded event of about so many bytes, some of them in long characters. */
function eventOf(bytes: number): string {
  return JSON.stringify({ text: 'ä'.repeat(bytes / 4) + 'x'.repeat(bytes / 2) });
}

describe('the batches of a replay', () => {
  it('are one empty batch when there is nothing to show', () => {
    const frames = batchFrames([], stamp).map((frame) => JSON.parse(frame) as object);
    expect(frames).toEqual([{ ...stamp(), sequence: null, type: 'EVENT_TYPE_EVENT_BATCH', payload: { events: [] } }]);
  });

  it('MSG-043 MSG-046 hold every event in order, and keep to both limits unless one event alone is larger', () => {
    const sizes = fc.oneof(fc.integer({ min: 10, max: 500 }), fc.integer({ min: 10_000, max: 200_000 }));
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 120, size: 'max' }), (bytes) => {
        const events = bytes.map(eventOf);
        const frames = batchFrames(events, stamp);
        const batches = frames.map((frame) => (JSON.parse(frame) as Batch).payload.events);
        expect(batches.flat().map((event) => JSON.stringify(event))).toEqual(events);
        for (const [index, frame] of frames.entries()) {
          const size = batches[index]?.length ?? 0;
          expect(size).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
          expect(size === 1 || Buffer.byteLength(frame) <= MAX_BATCH_BYTES).toBe(true);
        }
      }),
      { numRuns: 100, seed: 20260101 },
    );
  });

  it('are no more than they must be', () => {
    expect(batchFrames(Array<string>(100).fill(eventOf(100)), stamp)).toHaveLength(2);
  });
});
