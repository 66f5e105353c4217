import { expect, it } from 'vitest';
import { endingPauseMs } from './endpointing.ts';

const context = { minSilenceMs: 300, maxSilenceMs: 1_000, phrases: ['Talk to a human', 'opening hours'] };

it.each<[string | null, number]>([
  // Finished.
  ['I would like to order a pizza.', 300],
  ['Is anybody there?', 300],
  ['Ça va !', 300],
  ['He said “no.”', 300],
  ['今天天气很好。', 300],
  ['opening hours', 300],
  ['TALK to a human', 300],
  ['yes', 300],
  ['Nein', 300],
  // More is to come.
  ['I would like a pizza and', 1_000],
  ['Well, um...', 1_000],
  ['je voudrais le', 1_000],
  ['ich möchte aber', 1_000],
  ['quiero hablar con', 1_000],
  ['my number is 4 4', 1_000],
  ['it is five seven', 1_000],
  ['first of all,', 1_000],
  ['', 1_000],
  ['…', 1_000],
  // Who knows?
  ['I would like to order a pizza', 650],
  [null, 650],
])('after %j a pause of %i ms is the end', (partial, pauseMs) => {
  expect(endingPauseMs(partial, context)).toBe(pauseMs);
});
