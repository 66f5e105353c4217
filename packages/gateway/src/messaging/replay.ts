// Shows a connection what happened before it came: the journal after its cursor, in batches.
import { encodeBatch } from '@parley/protocol';

/** Events in one batch, at most; Android buffers 256 events and drops the oldest. */
export const MAX_BATCH_EVENTS = 50;
/** Bytes of one batch frame, unless a single event is larger. */
export const MAX_BATCH_BYTES = 131_072;
/** What the frame around the events takes. */
const FRAME_BYTES = 256;

/** Splits encoded events into batch frames that keep both limits, in order. No events still make one batch. */
export function batchFrames(events: readonly string[], stamp: () => { id: string; timestamp: string }): string[] {
  const frames: string[] = [];
  let batch: string[] = [];
  let bytes = FRAME_BYTES;
  for (const event of events) {
    const eventBytes = Buffer.byteLength(event) + 1;
    const full = batch.length === MAX_BATCH_EVENTS || bytes + eventBytes > MAX_BATCH_BYTES;
    if (full && batch.length > 0) {
      frames.push(encodeBatch(stamp(), batch));
      batch = [];
      bytes = FRAME_BYTES;
    }
    batch.push(event);
    bytes += eventBytes;
  }
  if (batch.length > 0 || frames.length === 0) frames.push(encodeBatch(stamp(), batch));
  return frames;
}
