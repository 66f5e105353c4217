import { expect, it, vi } from 'vitest';
import { FakeTime, systemTimers, type Timers } from '../../../kit/index.ts';
import { readWav } from '../../media/wav.ts';
import type { RecognitionStream } from '../../ports/speech-to-text.ts';
import {
  type Asked,
  hangsUp,
  httpService,
  isSilent,
  says,
  streamsEvents,
} from '../../test/speech-servers/http-service.ts';
import { createOpenAiTranscription, type OpenAiTranscriptionOptions } from './openai-transcription.ts';

const apiKey = 'sk-very-secret';
const second = Int16Array.from({ length: 16_000 }, (_, index) => index % 1000);
const transcript = says(200, '{"text":" Hello there. "}', 'application/json');

function open(
  options: OpenAiTranscriptionOptions,
  { partial = () => {}, timers = systemTimers }: { partial?: (text: string) => void; timers?: Timers } = {},
): RecognitionStream {
  const recogniser = createOpenAiTranscription({ apiKey, ...options }, { timers });
  return recogniser.open({ language: 'en-GB', phrases: ['opening hours', 'link'], partial, failed: () => {} });
}

async function heard(stream: RecognitionStream, pcm: Int16Array = second): Promise<string> {
  for (let at = 0; at < pcm.length; at += 320) stream.write(pcm.subarray(at, at + 320));
  return stream.finish();
}

async function fieldsOf(asked: Asked | undefined): Promise<FormData> {
  const headers = { 'content-type': String(asked?.headers['content-type']) };
  return new Response(new Uint8Array(asked?.body ?? []), { headers }).formData();
}

it('sends an utterance as a WAV file with its language and what to expect', async () => {
  const service = await httpService(transcript);
  expect(await heard(open({ baseUrl: service.url }))).toBe('Hello there.');
  const [asked] = service.asked;
  expect(asked?.path).toBe('/v1/audio/transcriptions');
  expect(asked?.headers.authorization).toBe(`Bearer ${apiKey}`);
  const { file, ...fields } = Object.fromEntries(await fieldsOf(asked));
  expect(fields).toEqual({
    model: 'gpt-4o-mini-transcribe',
    language: 'en',
    prompt: 'opening hours, link',
    response_format: 'json',
    stream: 'true',
  });
  const wav = readWav(new Uint8Array(await (file as File).arrayBuffer()));
  expect(wav).toEqual({ rate: 16_000, channels: 1, pcm: second });
});

it('tells what is understood so far where the service streams', async () => {
  const partial = vi.fn<(text: string) => void>();
  const service = await httpService(
    streamsEvents([
      { type: 'transcript.text.delta', delta: 'Hello' },
      { type: 'something.new', logprobs: [] },
      { type: 'transcript.text.delta', delta: ' there' },
      { type: 'transcript.text.done', text: 'Hello there.' },
    ]),
  );
  expect(await heard(open({ baseUrl: service.url }, { partial }))).toBe('Hello there.');
  expect(partial.mock.calls).toEqual([['Hello'], ['Hello there']]);
});

it('listens to one utterance after the other, without those that were none', async () => {
  const service = await httpService(transcript);
  const stream = open({ baseUrl: service.url });
  stream.write(second);
  stream.discard();
  await heard(stream, second.subarray(0, 8000));
  await heard(stream, second.subarray(0, 4000));
  const lengths = await Promise.all(
    service.asked.map(async (asked) => ((await fieldsOf(asked)).get('file') as File).size),
  );
  expect(lengths).toEqual([44 + 16_000, 44 + 8000]);
});

it('does not ask about what is too short for a word', async () => {
  const service = await httpService(transcript);
  expect(await heard(open({ baseUrl: service.url }), second.subarray(0, 800))).toBe('');
  expect(service.asked).toHaveLength(0);
});

it('takes its own hint read aloud for nothing', async () => {
  const service = await httpService(says(200, '{"text":"opening hours, link"}', 'application/json'));
  expect(await heard(open({ baseUrl: service.url }))).toBe('');
});

it.each([
  ['an overloaded service', says(429)],
  ['a broken service', says(502)],
  ['a service that hangs up', hangsUp],
])('asks %s once more', async (_what, failing) => {
  const service = await httpService(failing, transcript);
  expect(await heard(open({ baseUrl: service.url }))).toBe('Hello there.');
  expect(service.asked).toHaveLength(2);
});

it.each([
  ['unavailable', 'is refused', says(401, `wrong key ${apiKey}`)],
  ['broken', 'gets HTML', says(200, '<html>', 'text/html')],
  ['broken', 'gets JSON without a text', says(200, '{"words":[]}', 'application/json')],
  ['broken', 'gets a stream without an end', streamsEvents([{ type: 'transcript.text.delta', delta: 'Hel' }])],
  ['broken', 'gets a stream that is cut', streamsEvents([{ type: 'transcript.text.delta', delta: 'Hel' }], 'breaks')],
])('is %s when it %s', async (code, _what, answer) => {
  const service = await httpService(answer);
  const error: unknown = await heard(open({ baseUrl: service.url })).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'SpeechError', code });
  expect(String((error as Error).stack)).not.toContain('very-secret');
});

it('does not wait for ever, and ends when it is closed', async () => {
  const service = await httpService(isSilent);
  const time = new FakeTime();
  let error: unknown;
  void heard(open({ baseUrl: service.url }, { timers: time })).catch((thrown: unknown) => (error = thrown));
  await vi.waitFor(() => {
    time.advance(5000);
    expect(error).toMatchObject({ name: 'SpeechError', code: 'broken' });
  });
  const stream = open({ baseUrl: service.url });
  const asked = service.asked.length;
  const finished = heard(stream);
  await vi.waitFor(() => expect(service.asked.length).toBeGreaterThan(asked));
  stream.close();
  await expect(finished).rejects.toMatchObject({ name: 'SpeechError' });
  await service.closed(asked);
});
