import { describe, expect, it } from 'vitest';
import type { TextToSpeech } from '../../ports/text-to-speech.ts';
import { createEspeakSpeech } from './espeak-speech.ts';
import { voiceFor } from './espeak-voices.ts';

/** What a voice says, in seconds and loudness (0 to 1). */
async function said(voice: TextToSpeech, text: string, language = 'en-US'): Promise<{ seconds: number; peak: number }> {
  let samples = 0;
  let peak = 0;
  for await (const pcm of voice.speak(text, { language, signal: new AbortController().signal })) {
    samples += pcm.length;
    for (const sample of pcm) peak = Math.max(peak, Math.abs(sample) / 32_768);
  }
  return { seconds: samples / 24_000, peak };
}

describe('speech by espeak-ng', () => {
  it('says a sentence, audibly and without clipping', async () => {
    const { seconds, peak } = await said(createEspeakSpeech(), 'The opening hours are on our website.');
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(4);
    expect(peak).toBeGreaterThan(0.1);
    expect(peak).toBeLessThan(1);
  });

  it('has nothing to say where there is no text', async () => {
    expect(await said(createEspeakSpeech(), ' \n')).toEqual({ seconds: 0, peak: 0 });
  });

  it('says what looks like an option or a command, and nothing else', async () => {
    const voice = createEspeakSpeech();
    expect((await said(voice, '--version')).seconds).toBeGreaterThan(0.3);
    expect((await said(voice, '"; $(exit 1); `false` <speak> [[h@l@U')).seconds).toBeGreaterThan(0.3);
  });

  it('speaks the language it is told', async () => {
    const voice = createEspeakSpeech();
    const [english, french] = [
      await said(voice, 'quatre-vingt-dix-neuf'),
      await said(voice, 'quatre-vingt-dix-neuf', 'fr-FR'),
    ];
    expect(french.seconds).toBeGreaterThan(0.3);
    expect(french.seconds).not.toBe(english.seconds);
  });

  it('ends without an error when it is aborted', async () => {
    const abort = new AbortController();
    const long = 'This goes on and on. '.repeat(200);
    let samples = 0;
    for await (const pcm of createEspeakSpeech().speak(long, { language: 'en', signal: abort.signal })) {
      samples += pcm.length;
      abort.abort();
    }
    expect(samples / 24_000).toBeLessThan(30);
    const late = createEspeakSpeech().speak('Too late', { language: 'en', signal: AbortSignal.abort() });
    for await (const _pcm of late) expect.unreachable();
  });

  it('speaks for many calls at the same time', async () => {
    const voice = createEspeakSpeech();
    const all = await Promise.all(Array.from({ length: 30 }, () => said(voice, 'One of many')));
    expect(new Set(all.map(({ seconds }) => seconds)).size).toBe(1);
  });

  it('is unavailable where the program is missing, and broken where it fails', async () => {
    const missing = createEspeakSpeech({ program: '/no/such/espeak-ng' });
    await expect(missing.ready?.()).rejects.toMatchObject({ name: 'SpeechError', code: 'unavailable' });
    await expect(said(missing, 'Hello')).rejects.toMatchObject({ name: 'SpeechError', code: 'unavailable' });
    await createEspeakSpeech().ready?.();
    const failing = createEspeakSpeech({ program: '/bin/true' });
    await expect(said(failing, 'Hello')).rejects.toMatchObject({ name: 'SpeechError', code: 'broken' });
  });
});

describe('the voice for a language', () => {
  const voices = ['de', 'en-gb', 'en-us', 'fr-be', 'fr-fr', 'pt', 'pt-br', 'zh-yue'];

  it.each([
    ['en-GB', 'en-gb+f2'],
    ['en', 'en-us+f2'],
    ['en-IN', 'en-us+f2'],
    ['de-AT', 'de+f2'],
    ['fr-FR', 'fr-fr+f2'],
    ['fr-CA', 'fr-be+f2'],
    ['pt-BR', 'pt-br+f2'],
    ['tlh', 'en-us+f2'],
  ])('%s: %s', (language, voice) => {
    expect(voiceFor(language, voices)).toBe(voice);
  });

  it('is the configured one for its own language only', () => {
    expect(voiceFor('en-US', voices, 'en-gb+m3')).toBe('en-gb+m3');
    expect(voiceFor('fr-FR', voices, 'en-gb+m3')).toBe('fr-fr+f2');
  });
});
