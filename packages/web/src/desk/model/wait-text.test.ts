import { describe, expect, it } from 'vitest';
import { waitText, waitTone, waitWords } from './wait-text.ts';

describe('a wait', () => {
  it.each([
    [-5000, '0:00', 'less than a minute', 'calm'],
    [42_900, '0:42', 'less than a minute', 'calm'],
    [60_000, '1:00', 'a minute', 'warm'],
    [179_000, '2:59', '2 minutes', 'warm'],
    [725_000, '12:05', '12 minutes', 'hot'],
    [3_725_000, '1:02:05', '62 minutes', 'hot'],
  ])('of %i ms is %s, in words %s, and looks %s', (waitMs, text, words, tone) => {
    expect([waitText(waitMs), waitWords(waitMs), waitTone(waitMs)]).toEqual([text, words, tone]);
  });
});
