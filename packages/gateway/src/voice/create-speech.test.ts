import { describe, expect, it } from 'vitest';
import { silentLog, systemClock, systemTimers } from '../kit/index.ts';
import { createSpeechDetectors, createSpeechToText, createTextToSpeech } from './create-speech.ts';
import type { SpeechParts } from './speech-options.ts';
import { httpService, says, sends } from './test/speech-servers/http-service.ts';

const parts: SpeechParts = { clock: systemClock, timers: systemTimers, log: silentLog };
const { signal } = new AbortController();

describe('speech services by their names', () => {
  it('transcribes with OpenAI', async () => {
    const service = await httpService(says(200, '{"text":"hello"}', 'application/json'));
    const recogniser = createSpeechToText({ provider: 'openai', baseUrl: service.url, model: 'whisper-1' }, parts);
    const stream = recogniser!.open({ language: 'en', phrases: [], partial: () => {}, failed: () => {} });
    stream.write(new Int16Array(16_000));
    expect(await stream.finish()).toBe('hello');
  });

  it.each([
    ['openai', '/v1/audio/speech'],
    ['elevenlabs', '/v1/text-to-speech/anna/stream?output_format=pcm_24000'],
  ] as const)('speaks with %s, and remembers what was said', async (provider, path) => {
    const service = await httpService(sends([Uint8Array.of(1, 0)]));
    const voice = createTextToSpeech({ provider, baseUrl: service.url, voice: 'anna' }, parts);
    for (let time = 0; time < 2; time += 1)
      for await (const pcm of voice.speak('Hi', { language: 'en', signal })) expect([...pcm]).toEqual([1]);
    expect(service.asked.map((asked) => asked.path)).toEqual([path]);
  });

  it('detects speech with the model', async () => {
    const detectors = await createSpeechDetectors(parts);
    expect(await detectors.open().probability(new Float32Array(512).fill(0.1))).toBeLessThan(0.5);
    await detectors.close();
  });
});
