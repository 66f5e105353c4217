import { describe, expect, it } from 'vitest';
import { phraseGrammar, understood } from './phrase-grammar.ts';
import { plainWords, pronunciationsOf } from './phrase-words.ts';

const dictionary = [
  'a AH',
  'a(2) EY',
  'con K AA N',
  'end EH N D',
  'hours AW ER Z',
  "i'd AY D",
  'opening OW P AH N IH NG',
  'the DH AH',
  'vo V OW',
  '',
].join('\n');

describe('words of a phrase', () => {
  it.each([
    ['Send me a link!', 'send me a link'],
    ["  I’d like 'that', please…", "i'd like that please"],
    ['well-known', 'well known'],
    ['?!', ''],
  ])('%s', (phrase, words) => {
    expect(plainWords(phrase)).toBe(words);
  });
});

describe('pronunciations', () => {
  it('are those of the dictionary, all of them', () => {
    expect(pronunciationsOf(['a', 'hours'], dictionary)).toEqual(
      new Map([
        ['a', ['AH', 'EY']],
        ['hours', ['AW ER Z']],
      ]),
    );
  });

  it('are put together of smaller words where the dictionary has none', () => {
    expect(pronunciationsOf(['convo'], dictionary)).toEqual(new Map([['convo', ['K AA N V OW']]]));
  });

  it('are left out where there is no way to say a word', () => {
    expect(pronunciationsOf(['xyzzy', 'the'], dictionary)).toEqual(new Map([['the', ['DH AH']]]));
  });
});

describe('a grammar', () => {
  it('holds a phrase as a row of its words', () => {
    const grammar = phraseGrammar(['Opening hours?'], dictionary);
    expect(grammar?.automaton).toMatch(/^TRANSITION 1 (\d+) 1 opening\nTRANSITION \1 2 1 hours$/m);
    expect(grammar?.dictionary).toContain('opening OW P AH N IH NG\n');
  });

  it('names only words it can pronounce, and counts its states', () => {
    const { automaton = '', dictionary: words = '' } = phraseGrammar(['end the convo', 'xyzzy'], dictionary) ?? {};
    const known = new Set(words.split('\n').map((line) => line.split(' ')[0]));
    const count = Number(/NUM_STATES (\d+)/.exec(automaton)?.[1]);
    const transitions = [...automaton.matchAll(/^TRANSITION (\d+) (\d+) \S+ ?(\S*)$/gm)];
    expect(transitions.length).toBeGreaterThan(40);
    for (const [, from, to, word] of transitions) {
      expect(Number(from)).toBeLessThan(count);
      expect(Number(to)).toBeLessThan(count);
      if (word) expect(known).toContain(word);
    }
  });

  it('is none where no phrase can be said', () => {
    expect(phraseGrammar([], dictionary)).toBeUndefined();
    expect(phraseGrammar(['xyzzy', '…'], dictionary)).toBeUndefined();
  });

  it('understands words and leaves sounds out', () => {
    expect(understood('what are opening hours\n')).toBe('what are opening hours');
    expect(understood('_k _ae _t')).toBe('');
    expect(understood('')).toBe('');
  });
});
