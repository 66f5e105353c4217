import { expect, it } from 'vitest';
import { phrasesFor } from './phrases.ts';

it('speaks four languages, whatever the region', () => {
  const greetings = ['en-GB', 'fr-FR', 'de', 'ES-mx'].map((language) => phrasesFor(language).stillThere);
  expect(new Set(greetings).size).toBe(4);
  expect(phrasesFor('fr-CA')).toBe(phrasesFor('fr'));
});

it('speaks English otherwise', () => {
  expect(phrasesFor('ja-JP')).toBe(phrasesFor('en'));
  expect(phrasesFor('')).toBe(phrasesFor('en'));
});

it.each(['fr', 'de', 'es'])('says everything in its own words in %s', (language) => {
  const english = new Set(Object.values(phrasesFor('en')));
  for (const phrase of Object.values(phrasesFor(language))) {
    expect(phrase).not.toBe('');
    expect(english.has(phrase)).toBe(false);
  }
});
