import { expect, it } from 'vitest';
import { levelDbfs } from './level.ts';
import { tone } from './test/sound.ts';

it.each([
  ['a full square wave', Int16Array.of(-32_768, -32_768), 0],
  ['a full sine wave', tone(1000, 100, 16_000, 32_767), -3.01],
  ['a tenth of it', tone(1000, 100, 16_000, 3276.7), -23.01],
  ['digital silence', new Int16Array(10), -100],
  ['nothing', new Int16Array(), -100],
])('the level of %s', (_what, pcm, dbfs) => {
  expect(levelDbfs(pcm)).toBeCloseTo(dbfs, 1);
});
