// Opening hours as the file writes them: `Mo-Fr 09:00-18:00; Sa 10:00-14:00`.
import { z } from 'zod';

/** Has the shape of the hand-off room's `OpenPeriod`. */
export interface OpenPeriodConfig {
  /** Days on which it begins; 0 is Monday. */
  days: number[];
  /** Minutes from midnight; `to` may be on the next day, and then it is less than `from` or equal to it. */
  fromMinute: number;
  toMinute: number;
}

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const day = `(?:${dayNames.join('|')})`;
const dayList = new RegExp(`^${day}(?:-${day})?(?:,${day}(?:-${day})?)*$`);
const timeRange = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

export const openingHours: z.ZodType<OpenPeriodConfig[]> = z.string().transform((text, context) => {
  const periods = text.split(';').map((part) => readPeriod(part.trim()));
  if (periods.every((period) => period !== null)) return periods;
  context.addIssue({ code: 'custom', message: 'must be opening hours such as "Mo-Fr 09:00-18:00; Sa 10:00-14:00"' });
  return z.NEVER;
});

export const timezone: z.ZodType<string> = z
  .string()
  .refine((name) => isTimezone(name), 'must be a time zone such as Europe/Berlin');

function readPeriod(text: string): OpenPeriodConfig | null {
  const [days = '', times = '', ...rest] = text.split(/\s+/);
  const range = timeRange.exec(times);
  if (!dayList.test(days) || !range || rest.length > 0) return null;
  const [, fromHour, fromMinute, toHour = '24', toMinute = '00'] = range;
  return {
    days: days.split(',').flatMap(daysIn),
    fromMinute: Number(fromHour) * 60 + Number(fromMinute),
    toMinute: Number(toHour) * 60 + Number(toMinute),
  };
}

/** `Sa-Mo` goes over the end of the week. */
function daysIn(range: string): number[] {
  const [first = '', last = first] = range.split('-');
  const from = dayNames.indexOf(first);
  const count = ((dayNames.indexOf(last) - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => (from + index) % 7);
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
