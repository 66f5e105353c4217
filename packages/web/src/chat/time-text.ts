// Times as the reader's own clock shows them.

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** `14:05`, or as the reader's country writes it. */
export function timeText(timeMs: number): string {
  return clock.format(timeMs);
}
