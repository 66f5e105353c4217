import { describe, expect, it } from 'vitest';
import { plainTarget, targetOf } from './request-target.ts';

describe('a target', () => {
  it.each([
    ['/api/v1//sessions', '/api/v1/sessions'],
    ['//ws', '/ws'],
    ['///a////b//', '/a/b/'],
    ['/ws?next=https://example.com//x', '/ws?next=https://example.com//x'],
    ['', ''],
  ])('%j is read as %j', (url, plain) => {
    expect(plainTarget({ url })).toBe(plain);
  });

  it('has a path and a query', () => {
    const { path, query } = targetOf({ url: '//ws?a=1&a=2&b=%2F%2F' });
    expect([path, query.getAll('a'), query.get('b')]).toEqual(['/ws', ['1', '2'], '//']);
  });

  it('has an empty query when it has none', () => {
    const { path, query } = targetOf({ url: '/ws' });
    expect([path, query.size]).toEqual(['/ws', 0]);
  });
});
