import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunker } from './chunker.ts';

/** Pushes pieces `gapMs` apart and returns every chunk, the flushed one last. */
function chunksOf(pieces: readonly string[], gapMs = 1000): string[] {
  const chunker = new Chunker(30);
  const chunks = pieces.flatMap((piece, index) => chunker.push(piece, index * gapMs));
  return [...chunks, chunker.flush()];
}

describe('the first chunk', () => {
  it('leaves with the first token when that ends a word', () => {
    expect(new Chunker(30).push('Hello ', 0)).toEqual(['Hello ']);
  });

  it('waits for the word to be complete', () => {
    const chunker = new Chunker(30);
    expect(chunker.push('Hel', 0)).toEqual([]);
    expect(chunker.push('lo,', 1)).toEqual([]);
    expect(chunker.push(' w', 2)).toEqual(['Hello, ']);
  });

  it('takes as many whole sentences as there are', () => {
    expect(new Chunker(30).push('One. Two! Thr', 0)).toEqual(['One. Two! ']);
  });

  it('is never white space alone', () => {
    expect(chunksOf(['\n', ' ', 'Hi ', 'there'])).toEqual(['\n Hi ', 'there']);
  });
});

describe('later chunks', () => {
  it('end with sentences and lines', () => {
    expect(chunksOf(['Well ', 'then. ', 'One', ' more', '? "Yes." ', 'A line\n', 'x'])).toEqual([
      'Well ',
      'then. ',
      'One more? "Yes." ',
      'A line\n',
      'x',
    ]);
  });

  it('are at least the interval apart, and say when to wake', () => {
    const chunker = new Chunker(30);
    expect(chunker.push('One. ', 100)).toEqual(['One. ']);
    expect(chunker.wakeAtMs).toBeNull();
    expect(chunker.push('Two. ', 110)).toEqual([]);
    expect(chunker.push('Three. Fo', 120)).toEqual([]);
    expect(chunker.wakeAtMs).toBe(130);
    expect(chunker.push('', 130)).toEqual(['Two. Three. ']);
    expect(chunker.wakeAtMs).toBeNull();
    expect(chunker.flush()).toBe('Fo');
  });

  it('end with a word when no sentence ends for a long time', () => {
    const words = Array.from({ length: 200 }, (_, index) => `word${index} `);
    const chunks = chunksOf(words);
    expect(chunks.join('')).toBe(words.join(''));
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.slice(1, -1).every((chunk) => chunk.length > 400 && chunk.length < 420)).toBe(true);
  });

  it('come although somebody opened what nobody closes', () => {
    const chunks = chunksOf(['A [never closed ', ...Array.from({ length: 300 }, () => 'sentence goes. ')]);
    expect(chunks.length).toBeGreaterThan(3);
  });
});

describe('scripts without spaces', () => {
  it('are cut after whole sentences only, the first chunk included, for SDKs put a space between chunks', () => {
    expect(chunksOf(['你好，', '我是艾达。', '你想试试', '什么？', '好'])).toEqual([
      '你好，我是艾达。',
      '你想试试什么？',
      '好',
    ]);
  });

  it('are not cut at a comma, however long the sentence', () => {
    const clauses = Array.from({ length: 100 }, () => '一二三四五，');
    expect(chunksOf([...clauses, '完。', '好'])).toEqual([`${clauses.join('')}完。`, '好']);
  });
});

describe('what is never torn apart', () => {
  it.each([
    ['a link', '[two words](https://example.com/a_b?c=d "a title")'],
    ['an image in a link', '[![an image](https://example.com/i.png)](https://example.com)'],
    ['bold', '**two. words**'],
    ['bold italics', '***two. words* more.**'],
    ['italics', '_two. words_'],
    ['struck out text', '~~two. words~~'],
    ['a code span', '`two. words`'],
    ['a code span with a backtick', '``two. ` words``'],
    ['an autolink', '<https://example.com/a.b>'],
    ['an HTML tag', '<a href="https://example.com" title="two. words">'],
    ['a line of a list', '- two. words [x] 2 * 3'],
    ['a numbered line', '12. two. words'],
    ['a line of a table', '| two. words | more. words |'],
    ['a heading', '## Two. words'],
    ['a code fence', '```js\nconst a = 1. ;\n\n// more. words\n```'],
    ['a code fence of tildes', '~~~~\n~~~\nmore. words\n~~~~'],
  ])('%s', (_what, token) => {
    const chunks = chunksOf(['Start. \n', ...token.split(/(?<=\s)/), '\n', 'Then. ', 'End']);
    expect(chunks.filter((chunk) => chunk.includes(token))).toHaveLength(1);
    expect(chunks.slice(-2)).toEqual(['Then. ', 'End']);
  });

  it.each(['2 * 3 = 6. ', 'snake_case_name is. ', 'a < b, c > d. ', 'an \\*escaped. ', '```not a fence``` but. '])(
    'is not found in %j',
    (text) => {
      expect(chunksOf(['Start. ', text, 'More. ', 'x']).slice(-2)).toEqual(['More. ', 'x']);
    },
  );
});

describe('whatever the text and however it comes', () => {
  /** A stretch of text, and whether it must stay in one piece. */
  interface Stretch {
    text: string;
    whole: boolean;
  }

  const whole = (text: string): Stretch => ({ text, whole: true });
  const loose = (text: string): Stretch => ({ text, whole: false });
  const word = fc.stringMatching(/^[a-zA-Zé]{1,8}$/);
  const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join('. '));
  const url = word.map((path) => `https://example.com/${path}?q=a.b_c`);

  const token = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(word, fc.constantFrom('', '.', '!', ',', '?"')).map((parts) => parts.join('')) },
    url,
    fc.tuple(words, url).map(([label, address]) => `[${label}](${address})`),
    fc.tuple(words, url).map(([label, address]) => `![${label}](${address} "${label}")`),
    words.map((text) => `**${text}**`),
    words.map((text) => `*${text}*`),
    words.map((text) => `_${text}_`),
    words.map((text) => `~~${text}~~`),
    words.map((text) => `\`${text}\``),
    words.map((text) => `\`\`${text} \` * [\`\``),
    url.map((address) => `<${address}>`),
    url.map((address) => `<a href="${address}" class="two words">`),
  );

  const paragraph = fc
    .array(fc.tuple(token, fc.constantFrom(' ', ' ', ' ', '\n', '. ')), { minLength: 1, maxLength: 12 })
    .map((tokens) => tokens.flatMap(([text, space]) => [whole(text), loose(space)]));

  const line = fc.tuple(fc.constantFrom('- ', '* ', '1. ', '# ', '### ', '| '), fc.array(token, { minLength: 1 }));
  const lines = fc
    .array(
      line.map(([mark, tokens]) => [whole(mark + tokens.join(' ')), loose('\n')]),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => list.flat());

  const fence = fc
    .tuple(fc.constantFrom('```', '~~~', '`````'), fc.array(fc.oneof(words, fc.constant('')), { maxLength: 4 }))
    .map(([mark, content]) => [whole([`${mark}text`, ...content, mark].join('\n')), loose('\n')]);

  const document = fc
    .array(fc.oneof(paragraph, lines, fence), { minLength: 1, maxLength: 5 })
    .map((blocks) => blocks.flatMap((block) => [...block, loose('\n\n')]));

  function split(text: string, sizes: readonly number[]): string[] {
    const pieces: string[] = [];
    for (let at = 0, index = 0; at < text.length; index++) {
      const size = sizes[index % sizes.length]!;
      pieces.push(text.slice(at, at + size));
      at += size;
    }
    return pieces;
  }

  it('chunks add up to the text, end behind white space, and tear nothing apart', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(document, sizes, fc.integer({ min: 0, max: 40 }), (stretches, pieceSizes, gapMs) => {
        const text = stretches.map((stretch) => stretch.text).join('');
        const chunks = chunksOf(split(text, pieceSizes), gapMs);
        expect(chunks.join('')).toBe(text);
        for (const chunk of chunks.slice(0, -1)) expect(chunk).toMatch(/\S\s+$/);

        const cuts = new Set<number>();
        let end = 0;
        for (const chunk of chunks) cuts.add((end += chunk.length));
        let at = 0;
        for (const stretch of stretches) {
          const inside = [...cuts].filter((cut) => cut > at && cut < at + stretch.text.length);
          if (stretch.whole) expect({ stretch, inside }).toEqual({ stretch, inside: [] });
          at += stretch.text.length;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no two chunks leave within the interval', () => {
    fc.assert(
      fc.property(
        document,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 29 }),
        (stretches, size, gapMs) => {
          const chunker = new Chunker(30);
          const text = stretches.map((stretch) => stretch.text).join('');
          const leftAt = split(text, [size]).flatMap((piece, index) =>
            chunker.push(piece, index * gapMs).map(() => index * gapMs),
          );
          for (const [index, time] of leftAt.entries()) {
            if (index > 0) expect(time - leftAt[index - 1]!).toBeGreaterThanOrEqual(30);
          }
        },
      ),
    );
  });

  it('any characters at all add up again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
        expect(chunksOf(pieces).join('')).toBe(pieces.join(''));
      }),
    );
  });
});
