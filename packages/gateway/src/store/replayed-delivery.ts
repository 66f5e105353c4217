// A delivery that shall be made again.
import type { DeliveryRecord } from '../handoff/index.ts';

/** The delivery as if it had never been tried; when it was tried last stays known, for it may have arrived. */
export function asIfNew(record: DeliveryRecord, nowMs: number): DeliveryRecord {
  return { ...record, status: 'waiting', tries: 0, dueMs: nowMs };
}
