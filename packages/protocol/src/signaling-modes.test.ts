import { expect, it } from 'vitest';
import { readMode } from './signaling-modes.ts';

it.each([
  ['end-to-end', 'end-to-end'],
  ['traditional', 'traditional'],
  ['echo', 'echo'],
  ['agent', 'end-to-end'],
  ['agent_v1', 'traditional'],
  ['agent_v2', 'end-to-end'],
  ['cascaded', 'traditional'],
  ['normal', 'traditional'],
  ['realtime', 'end-to-end'],
])('VOX-022 the name %s stands for %s', (name, mode) => {
  expect(readMode(name)).toEqual({ name, mode });
});

it('VOX-021 no name stands for end-to-end', () => {
  expect(readMode(undefined)).toEqual({ name: null, mode: 'end-to-end' });
});

it.each([['banana'], ['End-To-End'], [''], [' echo'], ['toString'], [7], [null], [['echo']]])(
  'VOX-023 %j is no name',
  (value) => {
    expect(readMode(value)).toBeUndefined();
  },
);
