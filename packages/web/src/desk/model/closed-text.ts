// Until when a queue is closed, by the reader's own clock.
import type { DeskQueue } from '@parley/protocol';

const DAY_MS = 24 * 60 * 60 * 1000;
const hour = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const dayAndHour = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' });

/** `Closed until Mon 09:00`; without the day when that is within one, without both when nobody can tell. */
export function closedText({ opensMs }: Pick<DeskQueue, 'opensMs'>, nowMs: number): string {
  if (opensMs === null) return 'Closed';
  return `Closed until ${(opensMs - nowMs < DAY_MS ? hour : dayAndHour).format(opensMs)}`;
}
