// What becomes of a delivery after a try: whether it is made again, and when.
import type { TryOutcome } from '../ports/carrier.ts';
import type { DeliveryRecord } from '../ports/delivery-store.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/** How long to wait after so many tries: 1 s, 2 s, 4 s … 5 min, and as long as the desk asks for, up to that. */
export function waitAfter(tries: number, afterMs = 0): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS * 2 ** (tries - 1), afterMs));
}

/** The delivery after one more try that ended at `nowMs`. */
export function afterTry(
  record: DeliveryRecord,
  outcome: TryOutcome,
  { nowMs, maxTries }: { nowMs: number; maxTries: number },
): DeliveryRecord {
  const tries = record.tries + 1;
  const tried = { ...record, tries, triedMs: nowMs, answer: outcome.answer };
  switch (outcome.result) {
    case 'delivered':
    case 'refused':
      return { ...tried, status: outcome.result };
    case 'failed':
      if (tries >= maxTries) return { ...tried, status: 'given-up' };
      return { ...tried, dueMs: nowMs + waitAfter(tries, outcome.afterMs) };
  }
}
