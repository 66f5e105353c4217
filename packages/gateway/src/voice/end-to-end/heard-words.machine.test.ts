import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardCharacters, nextShown } from './heard-words.machine.ts';

const text = 'We are open from nine to five.';

describe('the words that were heard', () => {
  it.each([
    [0, ''],
    [499, 'We are open'],
    [700, 'We are open from nine'],
    [999, 'We are open from nine to'],
    [1000, text],
    [2000, text],
  ])('after %i ms of a second: "%s"', (heardMs, heard) => {
    expect(text.slice(0, heardCharacters({ text, audioMs: 1000, isWhole: true }, heardMs))).toBe(heard);
  });

  it('are fewer while the audio for them may still be coming', () => {
    const early = { text, audioMs: 300, isWhole: false };
    expect(text.slice(0, heardCharacters(early, 300))).toBe('We');
    expect(heardCharacters({ ...early, audioMs: 0 }, 300)).toBeLessThan(text.length);
  });

  it('are counted by characters in languages that have no spaces', () => {
    const chinese = '我们每天从早上九点营业到下午五点，星期天休息，节假日也休息，欢迎光临我们的商店，谢谢您的来电。';
    const heard = heardCharacters({ text: chinese, audioMs: 1000, isWhole: true }, 900);
    expect(heard).toBe(Math.floor(chinese.length * 0.9));
  });

  it('never end within a word, and never become fewer as time goes by', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(), fc.nat(), (words, a, b) => {
        const line = { text: words.join(' '), audioMs: 5000, isWhole: true };
        const [early, late] = [Math.min(a, b) % 5000, Math.max(a, b) % 5000].sort((one, other) => one - other);
        const heard = heardCharacters(line, late ?? 0);
        expect(line.text.slice(0, heard) === '' || /^$|^\s/.test(line.text.slice(heard))).toBe(true);
        expect(heardCharacters(line, early ?? 0)).toBeLessThanOrEqual(heard);
      }),
    );
  });
});

describe('the words to show', () => {
  const long = 'We are open from nine to five on every other day of the week';

  it.each([
    ['nothing before the end of a clause', 'We are open now', 0, ''],
    ['all clauses that are over', 'Hello. We are', 0, 'Hello.'],
    ['what is new alone', 'Hello. We are open.', 6, ' We are open.'],
    ['a long clause in parts', long, 0, long],
  ])('are %s', (_what, heard, shown, expected) => {
    expect(heard.slice(shown, nextShown(heard, { shown, heard: heard.length }))).toBe(expected);
  });
});
