import { expect, it } from 'vitest';
import { readJson } from './foreign-json.ts';

it('reads any value, and nothing from what is no JSON', () => {
  expect([readJson('{"tea":1}'), readJson('null'), readJson('"x"')]).toEqual([{ tea: 1 }, null, 'x']);
  expect([readJson(''), readJson('{"tea":'), readJson('<p>')]).toEqual([undefined, undefined, undefined]);
});
