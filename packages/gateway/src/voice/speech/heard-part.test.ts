import { expect, it } from 'vitest';
import { heardSpans } from './heard-part.ts';
import { sentencesIn } from './sentences.ts';

it.each<[string, number, string]>([
  ['One two three.', 0, ''],
  ['One two three.', 0.2, ''],
  ['One two three.', 0.22, 'One '],
  ['One two three.', 0.5, 'One two '],
  ['One two three.', 0.99, 'One two '],
  ['One two three.', 1, 'One two three.'],
  ['One two three.', 7, 'One two three.'],
  ['One two three.', -1, ''],
  // A link is heard as a whole, or not at all.
  ['See [the page](https://a.example/x) now.', 0.5, 'See '],
  ['See [the page](https://a.example/x) now.', 0.8, 'See [the page](https://a.example/x) '],
])('of %j, %d heard: %j', (text, part, heard) => {
  const [sentence = { spoken: '', spans: [] }] = sentencesIn(text);
  const originals = sentence.spans.slice(0, heardSpans(sentence, part)).map(({ original }) => original);
  expect(originals.join('')).toBe(heard);
});
