import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemTimers } from '../../../kit/index.ts';
import type { RecognitionStream, SpeechError, SpeechToText } from '../../ports/speech-to-text.ts';
import { noise, spoken } from '../../test/spoken.ts';
import { createLocalRecogniser } from './local-recogniser.ts';

/** What the demo agent listens for. */
const phrases = `
  link, locations, phone number, french, human, outside, long story, slowly, simulate an error, opening hours, goodbye,
  end the convo, Send me a link, Show me your locations, Tell me a long story, Talk to a human
`.split(',');

const otherSentences = `
  The weather is nice today. My cat ate a sandwich yesterday. Where did you buy that jacket. One, two, three, four, five.
  The quick brown fox jumps over the lazy dog. My account number is nine six four. Paris is the capital of France.
  We saw elephants at the zoo
`.split('.');

describe('local recognition', () => {
  let recogniser: SpeechToText;

  beforeAll(() => {
    const made = createLocalRecogniser({ timers: systemTimers });
    if (!made) throw new Error('install pocketsphinx and pocketsphinx-en-us');
    recogniser = made;
  });
  afterAll(() => recogniser.close());

  function open(language = 'en-US', failed: (error: SpeechError) => void = () => {}): RecognitionStream {
    return recogniser.open({ language, phrases, partial: () => {}, failed });
  }

  async function heard(stream: RecognitionStream, pcm: Int16Array): Promise<string> {
    for (let at = 0; at < pcm.length; at += 320) stream.write(pcm.subarray(at, at + 320));
    return stream.finish();
  }

  it.each([
    ['I want to talk to a human', 'human'],
    ['Send me a link', 'link'],
    ['Show me your locations', 'locations'],
    ['Tell me a long story', 'long story'],
    ['What are your opening hours?', 'opening hours'],
    ['Can you speak French?', 'french'],
    ['Please give me the phone number', 'phone number'],
    ['Simulate an error', 'simulate an error'],
    ['End the convo', 'end the convo'],
    ['Slowly, please', 'slowly'],
  ])('understands "%s"', async (sentence, phrase) => {
    expect(await heard(open(), await spoken(sentence))).toContain(phrase);
  });

  it('takes most other sentences for nothing', async () => {
    const texts: string[] = [];
    for (const sentence of otherSentences) texts.push(await heard(open(), await spoken(sentence)));
    expect(texts.filter((text) => text === '').length).toBeGreaterThanOrEqual(6);
  });

  it('takes noise and silence for nothing', async () => {
    expect(await heard(open(), noise(2, 4000))).toBe('');
    expect(await heard(open(), new Int16Array(16_000))).toBe('');
    expect(await open().finish()).toBe('');
  });

  it('listens to one utterance after the other, without those that were none', async () => {
    const stream = open();
    expect(await heard(stream, await spoken('Send me a link'))).toContain('link');
    stream.write(await spoken('Show me your locations'));
    stream.discard();
    expect(await heard(stream, await spoken('What are your opening hours?'))).toContain('opening hours');
    stream.close();
  });

  it('listens to more calls than it runs programs', async () => {
    const pcm = await spoken('Send me a link');
    const texts = await Promise.all(Array.from({ length: 20 }, () => heard(open(), pcm)));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('link');
  });

  it('is unavailable in other languages, and without phrases it can say', async () => {
    const failed = vi.fn<(error: SpeechError) => void>();
    const french = open('fr-FR', failed);
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
    expect(failed.mock.lastCall?.[0]).toMatchObject({ code: 'unavailable' });
    french.write(new Int16Array(320));
    await expect(french.finish()).rejects.toMatchObject({ name: 'SpeechError', code: 'unavailable' });
    recogniser.open({ language: 'en', phrases: ['…'], partial: () => {}, failed });
    await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(2));
  });

  it('serves English, where there is something that it can listen for', () => {
    expect(recogniser.serves?.({ language: 'en-GB', phrases })).toBe(true);
    expect(recogniser.serves?.({ language: 'fr-FR', phrases })).toBe(false);
    expect(recogniser.serves?.({ language: 'en-US', phrases: [] })).toBe(false);
    expect(recogniser.serves?.({ language: 'en-US', phrases: ['…'] })).toBe(false);
  });

  it('leaves no files behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
    vi.stubEnv('TMPDIR', folder);
    try {
      const other = createLocalRecogniser({ timers: systemTimers });
      const stream = other!.open({ language: 'en', phrases: ['yes'], partial: () => {}, failed: () => {} });
      await heard(stream, new Int16Array(3200));
      expect(readdirSync(folder)).not.toEqual([]);
      await other!.close();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});
