// A delivery as the command line gives it out. What it says stands in its body, and only `show` prints that.
import type { LoggedDelivery } from '../handoff/index.ts';
import { timeText } from './session-record.ts';
import type { Cell } from './table.ts';

/** All that is known of a delivery but its body. Times in ISO 8601; `dueAt` is null when it doesn't wait. */
export function deliverySummary(delivery: LoggedDelivery): Record<string, Cell> {
  const { id, caseId, type, number, status, tries, answer, createdMs, triedMs, dueMs, deskId, sessionId } = delivery;
  return {
    id,
    case: caseId,
    number,
    kind: type,
    status,
    tries,
    lastStatus: answer,
    createdAt: timeText(createdMs),
    triedAt: triedMs === null ? null : timeText(triedMs),
    dueAt: status === 'waiting' ? timeText(dueMs) : null,
    desk: deskId,
    session: sessionId,
  };
}
