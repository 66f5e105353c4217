// Whether a queue is open.

/** A stretch of time that comes every week. */
export interface OpenPeriod {
  /** Days on which it begins; 0 is Monday. */
  days: readonly number[];
  /** Minutes from midnight. A `toMinute` that isn't after `fromMinute` is on the next day. */
  fromMinute: number;
  toMinute: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
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
      const sinceBegin = (((day - begins + 7) % 7) * DAY_MINUTES + minute - fromMinute + WEEK_MINUTES) % WEEK_MINUTES;
      return sinceBegin < lastsMinutes;
    });
  });
}

/** When it opens next, to the minute, in milliseconds since the epoch; null when it is open, or never will be. */
export function opensAtMs(
  { hours, timezone }: { hours: readonly OpenPeriod[] | null; timezone: string },
  nowMs: number,
): number | null {
  if (!hours || isOpen({ hours, timezone }, nowMs)) return null;
  const begins = hours.flatMap(({ days, fromMinute }) => days.map((day) => day * DAY_MINUTES + fromMinute));
  if (begins.length === 0) return null;
  const minuteNow = minuteOfWeek(timezone, nowMs);
  const inMinutes = Math.min(...begins.map((begin) => (begin - minuteNow + WEEK_MINUTES) % WEEK_MINUTES));
  const wanted = (minuteNow + inMinutes) % WEEK_MINUTES;
  const atMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + inMinutes * MINUTE_MS;
  // Clocks that are put forward or back in between say something else by then.
  const ahead = (minuteOfWeek(timezone, atMs) - wanted + WEEK_MINUTES) % WEEK_MINUTES;
  return atMs - (ahead > WEEK_MINUTES / 2 ? ahead - WEEK_MINUTES : ahead) * MINUTE_MS;
}

function minuteOfWeek(timezone: string, nowMs: number): number {
  const { day, minute } = localTime(timezone, nowMs);
  return day * DAY_MINUTES + minute;
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
