import { expect, it, vi } from 'vitest';
import { FakeTime, systemTimers } from '../../../kit/index.ts';
import { SpeechError } from '../../ports/speech-to-text.ts';
import { bytesOfPcm } from '../../speech-services/pcm-of-bytes.ts';
import { hangsUp, httpService, isSilent, says, sends } from '../../test/speech-servers/http-service.ts';
import { createOpenAiSpeech } from './openai-speech.ts';

const apiKey = 'sk-very-secret';
const pcm = Int16Array.from({ length: 1000 }, (_, index) => index * 30 - 15_000);
const bytes = bytesOfPcm(pcm);

interface Setting {
  baseUrl: string;
  timers?: FakeTime;
  signal?: AbortSignal;
}

async function said(text: string, { baseUrl, timers, signal = new AbortController().signal }: Setting) {
  const voice = createOpenAiSpeech({ baseUrl, apiKey, voice: 'ash' }, { timers: timers ?? systemTimers });
  const all: number[] = [];
  for await (const piece of voice.speak(text, { language: 'en', signal })) all.push(...piece);
  return all;
}

it('asks for raw audio and yields it, wherever the chunks are cut', async () => {
  const service = await httpService(
    sends([bytes.subarray(0, 3), bytes.subarray(3, 4), bytes.subarray(4, 1001), bytes.subarray(1001)]),
  );
  expect(await said('Hello there.', { baseUrl: service.url })).toEqual([...pcm]);
  const [asked] = service.asked;
  expect(asked?.path).toBe('/v1/audio/speech');
  expect(asked?.headers.authorization).toBe(`Bearer ${apiKey}`);
  expect(JSON.parse(String(asked?.body))).toEqual({
    model: 'gpt-4o-mini-tts',
    input: 'Hello there.',
    voice: 'ash',
    response_format: 'pcm',
    stream_format: 'audio',
  });
});

it('yields the first audio before the last is made', async () => {
  const service = await httpService(sends([bytes], 'hangs'));
  const voice = createOpenAiSpeech({ baseUrl: service.url }, { timers: systemTimers });
  const pieces = voice.speak('Hello', { language: 'en', signal: new AbortController().signal })[Symbol.asyncIterator]();
  expect((await pieces.next()).value).toBeInstanceOf(Int16Array);
  await pieces.return?.();
  await service.closed(0);
});

it('sends a long text in pieces the service takes, cut between words', async () => {
  const service = await httpService(sends([bytes]));
  const text = 'word '.repeat(2000).trim();
  await said(text, { baseUrl: service.url });
  const inputs = service.asked.map(({ body }) => (JSON.parse(String(body)) as { input: string }).input);
  expect(inputs.length).toBe(3);
  expect(Math.max(...inputs.map((input) => input.length))).toBeLessThanOrEqual(4096);
  expect(inputs.join(' ').replaceAll(/\s+/g, ' ')).toBe(text);
});

it.each([
  ['an overloaded service', says(429)],
  ['a broken service', says(500)],
  ['a service that hangs up', hangsUp],
])('asks %s once more', async (_what, failing) => {
  const service = await httpService(failing, sends([bytes]));
  expect(await said('Hello', { baseUrl: service.url })).toEqual([...pcm]);
  expect(service.asked).toHaveLength(2);
});

it('gives up after the second failure, and does not ask again when it is refused', async () => {
  const broken = await httpService(says(503));
  await expect(said('Hello', { baseUrl: broken.url })).rejects.toMatchObject({ name: 'SpeechError', code: 'broken' });
  expect(broken.asked).toHaveLength(2);
  const refusing = await httpService(says(401, `{"error":"Incorrect API key provided: ${apiKey}"}`));
  await expect(said('Hello', { baseUrl: refusing.url })).rejects.toMatchObject({ code: 'unavailable' });
  expect(refusing.asked).toHaveLength(1);
});

it('says in its errors neither the key nor the words', async () => {
  const service = await httpService(says(400, 'Hello is not allowed'));
  const error: unknown = await said('Hello', { baseUrl: service.url }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SpeechError);
  expect(String((error as Error).stack) + JSON.stringify(error)).not.toMatch(/very-secret|Hello/);
});

it('says that the audio broke off in the middle', async () => {
  const service = await httpService(sends([bytes], 'breaks'));
  await expect(said('Hello', { baseUrl: service.url })).rejects.toMatchObject({ name: 'SpeechError', code: 'broken' });
});

it('waits neither for ever for an answer, nor for the next chunk', async () => {
  for (const answer of [isSilent, sends([bytes], 'hangs')]) {
    const time = new FakeTime();
    const service = await httpService(answer);
    const failure = said('Hello', { baseUrl: service.url, timers: time }).catch((error: unknown) => error);
    let error: unknown;
    void failure.then((thrown) => (error = thrown));
    await vi.waitFor(() => {
      time.advance(5000);
      expect(error).toMatchObject({ name: 'SpeechError', code: 'broken' });
    });
  }
});

it('ends without an error when it is aborted, and hangs up', async () => {
  for (const answer of [isSilent, sends([bytes], 'hangs')]) {
    const service = await httpService(answer);
    const abort = new AbortController();
    const saying = said('Hello', { baseUrl: service.url, signal: abort.signal });
    await vi.waitFor(() => expect(service.asked).toHaveLength(1));
    abort.abort();
    await saying;
    await service.closed(0);
  }
});
