import { expect, it } from 'vitest';
import { FakeTime } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { rememberingVoice } from '../speech-services/remembering-voice.ts';
import { rehearse } from './rehearse.ts';

/** A voice that says one sample, as long as its service is there. */
function voiceOfService(): TextToSpeech & { isGone: boolean } {
  const voice = {
    isGone: false,
    async *speak() {
      if (voice.isGone) throw new SpeechError('unavailable', 'gone');
      yield Int16Array.of(1);
    },
    async close() {},
  };
  return voice;
}

it('what was rehearsed can be said when the service is gone', async () => {
  const service = voiceOfService();
  const voice = rememberingVoice(service);
  const { signal } = new AbortController();
  await rehearse(voice, 'Sorry. Goodbye.', { language: 'en', timers: new FakeTime() });
  service.isGone = true;
  for (const sentence of ['Sorry.', 'Goodbye.']) {
    const said: Int16Array[] = [];
    for await (const piece of voice.speak(sentence, { language: 'en', signal })) said.push(piece);
    expect(said).toEqual([Int16Array.of(1)]);
  }
});

it('a rehearsal that fails is not told', async () => {
  const voice = voiceOfService();
  voice.isGone = true;
  await rehearse(voice, 'Sorry.', { language: 'en', timers: new FakeTime() });
});
