import { expect, it } from 'vitest';
import { TurnFigures } from './turn-figures.ts';

it('the parts of turns are summed up by how many there were, their median and the longest', () => {
  const turns = new TurnFigures();
  expect(turns.figures()).toEqual([]);
  for (const ms of [900, 100.4, 300]) turns.add('first-audio', ms);
  turns.add('barge-in', 160);
  turns.add('barge-in', 180);
  expect(turns.figures()).toEqual([
    { part: 'first-audio', count: 3, medianMs: 300, longestMs: 900 },
    { part: 'barge-in', count: 2, medianMs: 160, longestMs: 180 },
  ]);
});
