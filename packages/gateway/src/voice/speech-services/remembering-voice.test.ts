import { expect, it } from 'vitest';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { rememberingVoice } from './remembering-voice.ts';

/** Says the text's letters, one a piece, and counts what it was asked. */
function spellingVoice(): TextToSpeech & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async *speak(text, { language, signal }) {
      asked.push(`${language} ${text}`);
      for (const letter of text) if (!signal.aborted) yield Int16Array.of(letter.charCodeAt(0));
    },
    close: async () => {},
  };
}

async function said(voice: TextToSpeech, text: string, language = 'en', signal = new AbortController().signal) {
  let all = '';
  for await (const piece of voice.speak(text, { language, signal })) all += String.fromCharCode(...piece);
  return all;
}

it('VOX-090: a greeting that was said before is there at once, without asking the voice', async () => {
  const voice = spellingVoice();
  const remembering = rememberingVoice(voice);
  expect(await said(remembering, 'hello')).toBe('hello');
  expect(await said(remembering, 'hello')).toBe('hello');
  expect(voice.asked).toEqual(['en hello']);
});

it('keeps languages apart', async () => {
  const voice = spellingVoice();
  const remembering = rememberingVoice(voice);
  await said(remembering, 'no', 'en');
  await said(remembering, 'no', 'it');
  expect(voice.asked).toEqual(['en no', 'it no']);
});

it('forgets what was not used for longest when it has no room', async () => {
  const voice = spellingVoice();
  const remembering = rememberingVoice(voice, 10);
  for (const text of ['aa', 'bb', 'aa', 'cc', 'aa', 'bb']) await said(remembering, text);
  expect(voice.asked).toEqual(['en aa', 'en bb', 'en cc', 'en bb']);
});

it('does not keep what was cut off, nor what is larger than all its room', async () => {
  const voice = spellingVoice();
  const remembering = rememberingVoice(voice, 10);
  const abort = new AbortController();
  for await (const _piece of remembering.speak('abc', { language: 'en', signal: abort.signal })) abort.abort();
  for await (const _piece of remembering.speak('abc', { language: 'en', signal: new AbortController().signal })) break;
  await said(remembering, 'abc');
  await said(remembering, 'abcdef');
  await said(remembering, 'abcdef');
  expect(voice.asked).toEqual(['en abc', 'en abc', 'en abc', 'en abcdef', 'en abcdef']);
});

it('gives audio that may be changed without changing what it remembers', async () => {
  const remembering = rememberingVoice(spellingVoice());
  for (let time = 0; time < 2; time += 1) {
    const { signal } = new AbortController();
    for await (const piece of remembering.speak('x', { language: 'en', signal })) piece.fill(0);
  }
  expect(await said(remembering, 'x')).toBe('x');
});
