import { expect, it } from 'vitest';
import type { HistoryLine } from './ports/chat-agent.ts';
import { recentHistory } from './recent-history.ts';

const history = ['one', 'two', 'three', 'four'].map((text): HistoryLine => ({ speaker: 'user', text }));

it.each([
  [{ lines: 9, characters: 99 }, ['one', 'two', 'three', 'four']],
  [{ lines: 2, characters: 99 }, ['three', 'four']],
  [{ lines: 0, characters: 99 }, []],
  [{ lines: 9, characters: 9 }, ['three', 'four']],
  [{ lines: 9, characters: 8 }, ['four']],
  [{ lines: 9, characters: 1 }, ['four']],
])('%o leaves %o', (limits, left) => {
  expect(recentHistory(history, limits).map((line) => line.text)).toEqual(left);
});
