import { describe, expect, it } from 'vitest';
import { isOpen, opensAtMs } from './opening-hours.ts';

const weekdays = {
  hours: [{ days: [0, 1, 2, 3, 4], fromMinute: 9 * 60, toMinute: 18 * 60 }],
  timezone: 'Europe/Berlin',
};
const nights = { hours: [{ days: [6], fromMinute: 22 * 60, toMinute: 2 * 60 }], timezone: 'UTC' };

describe('a queue with opening hours', () => {
  it.each([
    ['a Monday at 9 in Berlin, in winter', '2026-01-05T08:00:00Z', true],
    ['a minute before', '2026-01-05T07:59:59Z', false],
    ['a Monday at 9 in Berlin, in summer', '2026-07-06T07:00:00Z', true],
    ['the last minute', '2026-01-05T16:59:59Z', true],
    ['closing time', '2026-01-05T17:00:00Z', false],
    ['a Saturday', '2026-01-10T11:00:00Z', false],
  ])('%s', (_what, at, open) => {
    expect(isOpen(weekdays, Date.parse(at))).toBe(open);
  });

  it.each([
    ['in the evening it begins', '2026-01-11T22:00:00Z', true],
    ['after midnight, over the end of the week', '2026-01-12T01:59:00Z', true],
    ['when it is over', '2026-01-12T02:00:00Z', false],
    ['the evening before', '2026-01-10T23:00:00Z', false],
  ])('over midnight: %s', (_what, at, open) => {
    expect(isOpen(nights, Date.parse(at))).toBe(open);
  });

  it.each([
    ['in the evening: the next morning', '2026-01-05T17:00:30Z', '2026-01-06T08:00:00Z'],
    ['on a Friday night: on Monday', '2026-01-09T20:00:00Z', '2026-01-12T08:00:00Z'],
    ['over the weekend on which clocks go forward', '2026-03-28T11:00:00Z', '2026-03-30T07:00:00Z'],
    ['over the weekend on which clocks go back', '2026-10-24T11:00:00Z', '2026-10-26T08:00:00Z'],
  ])('opens again, asked %s', (_what, at, opens) => {
    const opensMs = opensAtMs(weekdays, Date.parse(at)) ?? 0;
    expect(new Date(opensMs).toISOString()).toBe(new Date(opens).toISOString());
    expect([isOpen(weekdays, opensMs - 1), isOpen(weekdays, opensMs)]).toEqual([false, true]);
  });

  it('does not open while it is open, nor ever without a period', () => {
    expect(opensAtMs(weekdays, Date.parse('2026-01-05T12:00:00Z'))).toBeNull();
    expect(opensAtMs({ hours: null, timezone: 'UTC' }, 0)).toBeNull();
    expect(opensAtMs({ hours: [], timezone: 'UTC' }, 0)).toBeNull();
  });

  it('that are none is always open', () => {
    expect(isOpen({ hours: null, timezone: 'UTC' }, 0)).toBe(true);
  });
});
