import { expect, it } from 'vitest';
import { systemTimers } from '../../../kit/index.ts';
import { bytesOfPcm } from '../../speech-services/pcm-of-bytes.ts';
import { httpService, says, sends } from '../../test/speech-servers/http-service.ts';
import { createElevenLabsSpeech, type ElevenLabsOptions } from './elevenlabs-speech.ts';

const pcm = Int16Array.of(1, -2, 3, -4);

async function said(options: ElevenLabsOptions, language = 'fr-FR'): Promise<number[]> {
  const voice = createElevenLabsSpeech(options, { timers: systemTimers });
  const all: number[] = [];
  const { signal } = new AbortController();
  for await (const piece of voice.speak('Bonjour', { language, signal })) all.push(...piece);
  return all;
}

it('asks for raw audio at 24 kHz in the language of the text', async () => {
  const service = await httpService(sends([bytesOfPcm(pcm).subarray(0, 5), bytesOfPcm(pcm).subarray(5)]));
  expect(await said({ baseUrl: service.url, apiKey: 'xi-secret', voice: 'voice/1' })).toEqual([...pcm]);
  const [asked] = service.asked;
  expect(asked?.path).toBe('/v1/text-to-speech/voice%2F1/stream?output_format=pcm_24000');
  expect(asked?.headers['xi-api-key']).toBe('xi-secret');
  expect(JSON.parse(String(asked?.body))).toEqual({
    text: 'Bonjour',
    model_id: 'eleven_flash_v2_5',
    language_code: 'fr',
  });
});

it('does not name a language to models that refuse one', async () => {
  const service = await httpService(sends([bytesOfPcm(pcm)]));
  await said({ baseUrl: service.url, model: 'eleven_multilingual_v2' });
  expect(JSON.parse(String(service.asked[0]?.body))).not.toHaveProperty('language_code');
});

it('is unavailable where the key or the voice is refused', async () => {
  const service = await httpService(says(401));
  await expect(said({ baseUrl: service.url })).rejects.toMatchObject({ name: 'SpeechError', code: 'unavailable' });
});
