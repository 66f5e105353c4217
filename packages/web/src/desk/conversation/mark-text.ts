// Days as the reader's own calendar shows them.

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** `Saturday, 1 August 2026`, or as the reader's country writes it. */
export function dayText(timeMs: number): string {
  return days.format(timeMs);
}
