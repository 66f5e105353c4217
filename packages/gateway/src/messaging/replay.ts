// Shows a connection what happened before it came: the journal after its cursor, in batches.
import { encodeBatch } from '@parley/protocol';

/** Events in one batch, at most; Android buffers 256 events and drops the oldest. */
export const MAX_BATCH_EVENTS = 50;
/** Bytes of one batch frame, unless a single event is larger. */
export const MAX_BATCH_BYTES = 131_072;
/** Events of a first batch that reaches to the agent's arrival, at most. */
const MAX_ARRIVAL_EVENTS = 200;
/** What the frame around the events takes. */
const FRAME_BYTES = 256;

/**
 * How many events the first batch of a replay may have. A full replay shows the start and the agent's arrival in one,
 * for SDKs ask for an agent as soon as they have read a batch with the start and without the arrival.
 */
export function maxFirstBatchEvents(from: { after: number; joinedSequence: number | null }): number {
  const { after, joinedSequence } = from;
  if (after > 0 || joinedSequence === null || joinedSequence > MAX_ARRIVAL_EVENTS) return MAX_BATCH_EVENTS;
  return Math.max(joinedSequence, MAX_BATCH_EVENTS);
}

/** Splits encoded events into batch frames that keep both limits, in order. No events still make one batch. */
export function batchFrames(
  events: readonly string[],
  stamp: () => { id: string; timestamp: string },
  maxEvents: number = MAX_BATCH_EVENTS,
): string[] {
  const frames: string[] = [];
  let batch: string[] = [];
  let bytes = FRAME_BYTES;
  for (const event of events) {
    const eventBytes = Buffer.byteLength(event) + 1;
    const full = batch.length === maxEvents || bytes + eventBytes > MAX_BATCH_BYTES;
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
