import { describe, expect, it } from 'vitest';
import { isOpen } from './opening-hours.ts';

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

  it('that are none is always open', () => {
    expect(isOpen({ hours: null, timezone: 'UTC' }, 0)).toBe(true);
  });
});
