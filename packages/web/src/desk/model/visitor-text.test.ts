import { describe, expect, it } from 'vitest';
import { visitor } from '../../../test/desk-scene.ts';
import { deviceText, factsOf, languageText, tintOf, visitorName } from './visitor-text.ts';

describe('visitors in words', () => {
  it.each([
    ['Anna', 'Anna'],
    [null, 'Visitor 4F2A'],
    ['  ', 'Visitor 4F2A'],
  ])('%j is called %s', (name, expected) => {
    expect(visitorName({ sessionId: 'sess-00-4f2a', visitor: { name } })).toBe(expected);
  });

  it('keep their tint', () => {
    const tints = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(tintOf);
    expect(tints).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(tintOf));
    expect(new Set(tints).size).toBe(6);
  });

  it('are told apart by what they write with and in', () => {
    expect(deviceText({ platform: 'ios', deviceType: 'phone' })).toBe('ios, phone');
    expect(deviceText(visitor)).toBe('web');
    expect(languageText({ language: 'fr-FR' })).toBe('French (France)');
    expect(languageText(visitor)).toBeUndefined();
  });
});

describe('facts', () => {
  it.each([
    [{ order_id: 'PL-7' }, [{ label: 'Order id', value: 'PL-7' }]],
    [{ customerTier: 2 }, [{ label: 'Customer tier', value: '2' }]],
    [
      { vip: true, banned: false },
      [
        { label: 'Vip', value: 'Yes' },
        { label: 'Banned', value: 'No' },
      ],
    ],
    [{ items: ['a', 'b'] }, [{ label: 'Items', value: '["a","b"]' }]],
    [{ nothing: null, empty: ' ' }, []],
    [{}, []],
  ])('%j', (data, expected) => {
    expect(factsOf(data)).toEqual(expected);
  });

  it('that are too long are cut', () => {
    expect(factsOf({ summary: 'x'.repeat(1000) })[0]?.value).toHaveLength(400);
  });
});
