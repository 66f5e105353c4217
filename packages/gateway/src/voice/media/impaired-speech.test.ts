// What the ears of an agent get of speech that came over a bad network: recognised, and compared with a perfect one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemTimers } from '../../kit/index.ts';
import { createLocalRecogniser } from '../adapters/pocketsphinx/local-recogniser.ts';
import type { SpeechToText } from '../ports/speech-to-text.ts';
import { spoken } from '../test/spoken.ts';
import { resample } from './resample.ts';
import { listen } from './test/listen.ts';
import { seededRandom } from './test/random.ts';
import { joined } from './test/sound.ts';
import { encoded, sent, throughNetwork, type NetworkFaults } from './test/wire.ts';

const sentences = [
  'I want to talk to a human',
  'What are your opening hours on Sunday',
  'Please send me a link to my order',
  'Where is the nearest shop in this city',
  'My parcel has not arrived this week',
  'Can I change the name on my ticket',
  'How much does it cost to send it back',
  'I would like to book a table for four',
  'Tell me a long story about the sea',
  'Thank you very much and goodbye',
];

/** For late packets, and for what the recogniser needs to be sure of an end. */
const tailMs = 500;

describe('speech over a network that loses 5 %, delays up to 30 ms and doubles 1 %', () => {
  let recogniser: SpeechToText;

  beforeAll(() => {
    const made = createLocalRecogniser({ timers: systemTimers });
    if (!made) throw new Error('install pocketsphinx and pocketsphinx-en-us');
    recogniser = made;
  });
  afterAll(() => recogniser.close());

  /** The words that were understood of a sentence. */
  async function understood(sentence: string, faults: NetworkFaults): Promise<string[]> {
    const packets = await encoded(resample(await spoken(sentence), 16_000, 48_000), 48_000);
    const untilMs = packets.length * 20 + tailMs;
    const { frames } = await listen(throughNetwork(sent(packets), faults), { untilMs });
    const stream = recogniser.open({
      language: 'en-US',
      phrases: sentences,
      partial() {},
      failed(error) {
        throw error;
      },
    });
    stream.write(joined(frames.map(({ pcm }) => pcm)));
    const words = await stream.finish();
    stream.close();
    return words.split(' ').filter(Boolean);
  }

  it('costs at most one word of ten sentences', { timeout: 60_000 }, async () => {
    let lost = 0;
    for (const [index, sentence] of sentences.entries()) {
      const clean = await understood(sentence, { random: seededRandom(0) });
      const faults = { lost: 0.05, jitterMs: 30, doubled: 0.01, random: seededRandom(index + 1) };
      const impaired = await understood(sentence, faults);
      expect(clean.join(' ')).toBe(sentence.toLowerCase());
      lost += wordsMissing(clean, impaired);
    }
    expect(lost).toBeLessThanOrEqual(1);
  });

  it('costs many when three packets of five are lost: the words do tell good networks from bad ones', async () => {
    let lost = 0;
    for (const sentence of sentences.slice(0, 4)) {
      const faults = { lost: 0.6, jitterMs: 30, random: seededRandom(7) };
      lost += wordsMissing(sentence.toLowerCase().split(' '), await understood(sentence, faults));
    }
    expect(lost).toBeGreaterThan(4);
  });
});

/** How many words of `wanted` aren't in `found`, in their order (the rest of a longest common subsequence). */
function wordsMissing(wanted: readonly string[], found: readonly string[]): number {
  let row = Array<number>(found.length + 1).fill(0);
  for (const word of wanted) {
    const next = [0];
    for (const [at, other] of found.entries()) {
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(next[at] ?? 0, row[at + 1] ?? 0));
    }
    row = next;
  }
  return wanted.length - (row.at(-1) ?? 0);
}
