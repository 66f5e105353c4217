// What becomes of a delivery after a try: whether it is made again, and when; and whether its desk is gone.
import type { TryOutcome } from '../ports/carrier.ts';
import type { DeliveryRecord } from '../ports/delivery-store.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** Not Found and Gone: the desk doesn't know the case, or is no longer at this address. */
const NOT_THERE = ['404', '410'];

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

/**
 * Whether a delivery says that nobody will take this or any later one of its case: it was tried as often as it may be,
 * the desk answered that it has no such case, or the request itself was not taken.
 */
export function showsDeskGone({ type, status, answer }: DeliveryRecord): boolean {
  if (status === 'given-up') return true;
  return status === 'refused' && (type === 'requested' || (answer !== null && NOT_THERE.includes(answer)));
}
