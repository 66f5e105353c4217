import { describe, expect, it } from 'vitest';
import { isDeeperThan, parseJsonObject } from './json-object.ts';

describe('a JSON object', () => {
  it.each(['', ' ', '{', '[]', '[{}]', 'null', '1', '"x"', 'true', '{"a":1}{', '\ud800', '{"a":undefined}', "{'a':1}"])(
    'is not what %j is',
    (text) => {
      expect(parseJsonObject(text)).toBeUndefined();
    },
  );

  it('is parsed at any depth', () => {
    const depth = 100_000;
    expect(parseJsonObject(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toBeDefined();
  });
});

describe('depth', () => {
  it('counts objects and arrays, not what they hold', () => {
    const value = { a: [{ b: 1 }] };
    expect(isDeeperThan(value, 3)).toBe(false);
    expect(isDeeperThan(value, 2)).toBe(true);
    expect(isDeeperThan('text', 0)).toBe(false);
  });

  it('is not followed beyond the question', () => {
    const depth = 100_000;
    expect(isDeeperThan(JSON.parse('['.repeat(depth) + ']'.repeat(depth)), 1000)).toBe(true);
  });
});
