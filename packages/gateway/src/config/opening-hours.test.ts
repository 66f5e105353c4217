import { describe, expect, it } from 'vitest';
import { openingHours } from './opening-hours.ts';

describe('opening hours', () => {
  it.each([
    ['Mo-Fr 09:00-18:00', [{ days: [0, 1, 2, 3, 4], fromMinute: 540, toMinute: 1080 }]],
    ['Sa-Mo 00:00-24:00', [{ days: [5, 6, 0], fromMinute: 0, toMinute: 1440 }]],
    ['Mo,We-Th 22:30-02:15', [{ days: [0, 2, 3], fromMinute: 1350, toMinute: 135 }]],
    [
      'Mo 09:00-12:00; Mo 13:00-18:00',
      [
        { days: [0], fromMinute: 540, toMinute: 720 },
        { days: [0], fromMinute: 780, toMinute: 1080 },
      ],
    ],
  ])('%s', (written, periods) => {
    expect(openingHours.parse(written)).toEqual(periods);
  });

  it.each(['', 'Mo', '09:00-18:00', 'Mo 9-18', 'Mo 09:00-18:00 often', 'Mo-Fr 09:00-18:00;', 'mo 09:00-18:00'])(
    'are not "%s"',
    (written) => {
      expect(openingHours.safeParse(written).success).toBe(false);
    },
  );
});
