// Whether a queue is open.

/** A stretch of time that comes every week. */
export interface OpenPeriod {
  /** Days on which it begins; 0 is Monday. */
  days: readonly number[];
  /** Minutes from midnight. A `toMinute` that isn't after `fromMinute` is on the next day. */
  fromMinute: number;
  toMinute: number;
}

const DAY_MINUTES = 24 * 60;
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether one of the periods holds the moment, by the clocks of the time zone. Null: always. */
export function isOpen(
  { hours, timezone }: { hours: readonly OpenPeriod[] | null; timezone: string },
  nowMs: number,
): boolean {
  if (!hours) return true;
  const { day, minute } = localTime(timezone, nowMs);
  return hours.some(({ days, fromMinute, toMinute }) => {
    const lastsMinutes = toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + DAY_MINUTES;
    return days.some((begins) => {
      const sinceBegin =
        (((day - begins + 7) % 7) * DAY_MINUTES + minute - fromMinute + 7 * DAY_MINUTES) % (7 * DAY_MINUTES);
      return sinceBegin < lastsMinutes;
    });
  });
}

function localTime(timezone: string, nowMs: number): { day: number; minute: number } {
  const parts = formatOf(timezone).formatToParts(nowMs);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return { day: dayNames.indexOf(part('weekday')), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a millisecond, so each is made once. */
function formatOf(timezone: string): Intl.DateTimeFormat {
  const made = formats.get(timezone);
  if (made) return made;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timezone, format);
  return format;
}
