import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SentenceCutter, sentencesIn } from './sentences.ts';
import type { Sentence } from './sentences.ts';

const spoken = (text: string): string[] => sentencesIn(text).map((sentence) => sentence.spoken);

const written = (sentences: readonly Sentence[]): string =>
  sentences.flatMap(({ spans }) => spans.map(({ original }) => original)).join('');

describe('a text', () => {
  it.each<[string, string[]]>([
    ['Hello. How are you? Fine!', ['Hello.', 'How are you?', 'Fine!']],
    ['It costs 3.50 euros, or 1,000.00 in all. Yes.', ['It costs 3.50 euros, or 1,000.00 in all.', 'Yes.']],
    ['Dr. Smith and J. Doe are in. Come in.', ['Dr. Smith and J. Doe are in.', 'Come in.']],
    ['Bring food, e.g. bread. Thanks.', ['Bring food, e.g. bread.', 'Thanks.']],
    ['Am 3. Oktober ist zu. Danach z.B. um 9.', ['Am 3. Oktober ist zu.', 'Danach z.B. um 9.']],
    ['It was I. Really.', ['It was I.', 'Really.']],
    ['He said “stop!” Then he left.', ['He said “stop!”', 'Then he left.']],
    ['Wait… What?', ['Wait…', 'What?']],
    ['今天很好。再见！', ['今天很好。', '再见！']],
    ['First line\nSecond line', ['First line', 'Second line']],
    ['Our hours:\n- Monday to Friday\n- Saturday\n', ['Our hours:', 'Monday to Friday', 'Saturday']],
    ['1. Open it. 2. Close it.', ['1. Open it.', '2. Close it.']],
    ['# Welcome\n\n> To **Parley**, the *best* one.', ['Welcome', 'To Parley, the best one.']],
    ['See [our site. It is new](https://a.example/x). Bye.', ['See our site. It is new.', 'Bye.']],
    ['It is at https://www.example.com/a.b/?q=1. Go there.', ['It is at example.com/a.b.', 'Go there.']],
    ['Go to <https://example.com/>!', ['Go to example.com!']],
    ['https://example.com/a/very/long/path/that/nobody/can/remember', ['example.com']],
    ['Write to <me@example.com> <br> now.', ['Write to <me@example.com> now.']],
    ['Press `Ctrl. C` now. Good.', ['Press Ctrl. C now.', 'Good.']],
    ['Good 👍🏽 job! ![A cat](https://a.example/cat.png)', ['Good job!', 'A cat']],
    ['| Day | Hours |\n|---|---|\n| Monday | 9 to 5 |', ['Day , Hours ,', '', 'Monday , 9 to 5 ,']],
    ['Look:\n```js\nif (a) b();\n```\nDone.', ['Look:', '', 'Done.']],
    ['Use a\\_b and snake_case.', ['Use a_b and snake_case.']],
    ['---\n', ['']],
    ['', []],
  ])('%j is said in sentences', (text, sentences) => {
    expect(spoken(text)).toEqual(sentences);
  });

  it('begins with a clause when its first sentence is long', () => {
    const story = 'Once upon a time, at the end of a very long pier that nobody had walked for years, stood a house.';
    expect(spoken(`${story} ${story}`)).toEqual([
      'Once upon a time,',
      'at the end of a very long pier that nobody had walked for years, stood a house.',
      story,
    ]);
  });

  it('is cut between words where it has no end', () => {
    const lengths = spoken('word '.repeat(200)).map((sentence) => sentence.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
    expect(spoken('word '.repeat(200)).join(' ')).toBe('word '.repeat(200).trim());
  });
});

describe('a text that grows', () => {
  it('gives a sentence as soon as the space behind it is there', () => {
    const cutter = new SentenceCutter();
    const pushed = ['Hel', 'lo.', ' ', 'How are', ' you?'].map((text) => cutter.push(text).map((cut) => cut.spoken));
    expect(pushed).toEqual([[], [], ['Hello.'], [], []]);
    expect(cutter.flush().map((cut) => cut.spoken)).toEqual(['How are you?']);
    expect(cutter.flush()).toEqual([]);
  });

  it('gives a first clause of three words', () => {
    const cutter = new SentenceCutter();
    expect(cutter.push('Well, ')).toEqual([]);
    expect(cutter.push('let me see, ')[0]?.spoken).toBe('Well, let me see,');
    expect(cutter.push('there are three of them, ')).toEqual([]);
  });

  it('never tears a link apart', () => {
    const cutter = new SentenceCutter();
    expect(cutter.push('See [the page. ')).toEqual([]);
    expect(cutter.push('It helps](https://a.')).toEqual([]);
    expect(cutter.push('example). ')[0]?.spans.map(({ original }) => original)).toEqual([
      'See ',
      '[the page. It helps](https://a.example)',
      '. ',
    ]);
  });

  it('is whole again when its originals are joined, however it came', () => {
    const bits = fc.constantFrom(
      ...'Hello|world|. |, | |\n|**|_|`|```|[a b](|https://x.y/z|)|1|Dr.|!|。|👍|<|>|- |# |~|\\|![|]|\u00a0'.split('|'),
      'word word word word ',
      '|',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 80 }), (texts) => {
        const cutter = new SentenceCutter();
        const sentences = [...texts.flatMap((text) => cutter.push(text)), ...cutter.flush()];
        expect(written(sentences)).toBe(texts.join(''));
        expect(written(sentencesIn(texts.join('')))).toBe(texts.join(''));
      }),
    );
  });
});
