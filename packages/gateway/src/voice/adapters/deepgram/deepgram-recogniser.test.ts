import { expect, it, onTestFinished, vi } from 'vitest';
import { FakeTime } from '../../../kit/index.ts';
import type { RecognitionStream, SpeechError } from '../../ports/speech-to-text.ts';
import { type DeepgramCall, deepgramService } from '../../test/speech-servers/deepgram-service.ts';
import { createDeepgram } from './deepgram-recogniser.ts';

const apiKey = 'dg-very-secret';
const frame = new Int16Array(320).fill(7);

interface House {
  service: Awaited<ReturnType<typeof deepgramService>>;
  stream: RecognitionStream;
  time: FakeTime;
  partial: ReturnType<typeof vi.fn<(text: string) => void>>;
  failed: ReturnType<typeof vi.fn<(error: SpeechError) => void>>;
}

async function house({ status = 101, model }: { status?: number; model?: string } = {}): Promise<House> {
  const service = await deepgramService();
  service.answerUpgradesWith(status);
  const time = new FakeTime();
  const partial = vi.fn<(text: string) => void>();
  const failed = vi.fn<(error: SpeechError) => void>();
  const recogniser = createDeepgram({ baseUrl: service.url, apiKey, model }, { timers: time });
  const stream = recogniser.open({ language: 'en-US', phrases: ['opening hours', 'link'], partial, failed });
  onTestFinished(() => stream.close());
  return { service, stream, time, partial, failed };
}

/** Says so many frames of 20 ms, which the service gets. */
async function say(stream: RecognitionStream, call: DeepgramCall, frames: number): Promise<void> {
  const before = call.audioBytes();
  for (let count = 0; count < frames; count += 1) stream.write(frame);
  await vi.waitFor(() => expect(call.audioBytes()).toBe(before + frames * 640));
}

async function finalizeAsked(call: DeepgramCall, times = 1): Promise<void> {
  await vi.waitFor(() => expect(call.controls.filter((type) => type === 'Finalize')).toHaveLength(times));
}

it('connects with the key in a header and everything else in the address', async () => {
  const { service } = await house();
  const { path, headers } = await service.call(0);
  expect(headers.authorization).toBe(`Token ${apiKey}`);
  const url = new URL(path, 'http://x');
  expect(url.pathname).toBe('/v1/listen');
  expect(url.searchParams.getAll('keyterm')).toEqual(['opening hours', 'link']);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    model: 'nova-3',
    language: 'en-US',
    encoding: 'linear16',
    sample_rate: '16000',
    channels: '1',
    interim_results: 'true',
    endpointing: '300',
    utterance_end_ms: '1000',
    vad_events: 'true',
  });
});

it('gives terms only to models that take them', async () => {
  const { service } = await house({ model: 'nova-2' });
  expect((await service.call(0)).path).not.toContain('keyterm');
});

it('joins the final parts of an utterance and tells what is understood on the way', async () => {
  const { service, stream, partial } = await house();
  const call = await service.call(0);
  await say(stream, call, 100);
  call.send('{"type":"SpeechStarted","channel":[0,1],"timestamp":0.1}');
  call.results('i want', { duration: 1 });
  call.results('I want to', { duration: 1.2, isFinal: true });
  call.results('talk', { start: 1.2, duration: 0.5 });
  await vi.waitFor(() => expect(partial.mock.calls.flat()).toEqual(['i want', 'I want to', 'I want to talk']));
  const finished = stream.finish();
  await finalizeAsked(call);
  call.results('talk to a human.', { start: 1.2, duration: 0.8, isFinal: true, fromFinalize: true });
  expect(await finished).toBe('I want to talk to a human.');
});

it('is content with what it has when the final words do not come', async () => {
  const { service, stream, time, partial } = await house();
  const call = await service.call(0);
  await say(stream, call, 50);
  call.results('hello', { duration: 1 });
  await vi.waitFor(() => expect(partial).toHaveBeenCalled());
  const finished = stream.finish();
  time.advance(1500);
  expect(await finished).toBe('hello');
});

it('waits less when the service has heard the pause by itself', async () => {
  const { service, stream, time, partial } = await house();
  const call = await service.call(0);
  await say(stream, call, 50);
  call.results('Hello.', { isFinal: true, speechFinal: true });
  await vi.waitFor(() => expect(partial).toHaveBeenCalled());
  const finished = stream.finish();
  time.advance(300);
  expect(await finished).toBe('Hello.');
});

it('takes the end of an utterance for its end', async () => {
  const { service, stream } = await house();
  const call = await service.call(0);
  await say(stream, call, 50);
  call.results('Hello.', { isFinal: true });
  const finished = stream.finish();
  await finalizeAsked(call);
  call.utteranceEnd();
  expect(await finished).toBe('Hello.');
});

it('keeps late words of one utterance out of the next', async () => {
  const { service, stream, partial } = await house();
  const call = await service.call(0);
  await say(stream, call, 50);
  stream.discard();
  await finalizeAsked(call);
  await say(stream, call, 50);
  call.results('discarded', { start: 0, duration: 1, isFinal: true, fromFinalize: true });
  call.results('wanted', { start: 1, duration: 1 });
  await vi.waitFor(() => expect(partial.mock.calls).toEqual([['wanted']]));
});

it('says that it is still there every four seconds', async () => {
  const { service, time, stream } = await house();
  const call = await service.call(0);
  await say(stream, call, 1);
  time.advance(8000);
  await vi.waitFor(() => expect(call.controls).toEqual(['KeepAlive', 'KeepAlive']));
});

it.each<[string, (call: DeepgramCall) => void]>([
  ['cut', (call) => call.cut()],
  ['closed with NET-0001', (call) => call.close(1011, 'NET-0001')],
])('connects again when the connection is %s, and says the running utterance once more', async (_how, end) => {
  const { service, stream, time, failed } = await house();
  const first = await service.call(0);
  await say(stream, first, 50);
  first.results('Hello', { isFinal: true });
  end(first);
  await vi.waitFor(() => {
    time.advance(100);
    expect(service.calls).toHaveLength(2);
  });
  const second = await service.call(1);
  await vi.waitFor(() => expect(second.audioBytes()).toBe(50 * 640));
  const finished = stream.finish();
  await finalizeAsked(second);
  second.results('Hello again.', { isFinal: true, fromFinalize: true });
  expect(await finished).toBe('Hello again.');
  expect(failed).not.toHaveBeenCalled();
});

it('finishes an utterance over the new connection', async () => {
  const { service, stream, time } = await house();
  const first = await service.call(0);
  await say(stream, first, 50);
  const finished = stream.finish();
  await finalizeAsked(first);
  first.cut();
  await vi.waitFor(() => {
    time.advance(20);
    expect(service.calls).toHaveLength(2);
  });
  const second = await service.call(1);
  await finalizeAsked(second);
  second.results('Hello.', { isFinal: true, fromFinalize: true });
  expect(await finished).toBe('Hello.');
});

it.each([
  ['unavailable', 'the key is refused', 401],
  ['broken', 'the service stays broken', 503],
])('is %s when %s', async (code, _what, status) => {
  const { stream, time, failed } = await house({ status });
  await vi.waitFor(() => {
    time.advance(500);
    expect(failed).toHaveBeenCalledOnce();
  });
  expect(failed.mock.lastCall?.[0]).toMatchObject({ name: 'SpeechError', code });
  expect(String(failed.mock.lastCall?.[0].stack)).not.toContain('very-secret');
  stream.write(frame);
  await expect(stream.finish()).rejects.toMatchObject({ code });
});

it('is unavailable when the audio is refused, and says so to whoever waits', async () => {
  const { service, stream, failed } = await house();
  const call = await service.call(0);
  await say(stream, call, 5);
  const finished = stream.finish();
  call.close(1008, 'DATA-0000');
  await expect(finished).rejects.toMatchObject({ name: 'SpeechError', code: 'unavailable' });
  expect(failed).toHaveBeenCalledOnce();
});

it('does not mind garbage', async () => {
  const { service, stream, partial, failed } = await house();
  const call = await service.call(0);
  await say(stream, call, 50);
  for (const garbage of ['', '{', 'null', '{"type":"Results"}', '{"type":"Error","description":"x"}'])
    call.send(garbage);
  call.results('hello', {});
  await vi.waitFor(() => expect(partial.mock.calls).toEqual([['hello']]));
  expect(failed).not.toHaveBeenCalled();
});

it('says goodbye when it is closed', async () => {
  const { service, stream, time, failed } = await house();
  const call = await service.call(0);
  await say(stream, call, 5);
  const finished = stream.finish();
  stream.close();
  await expect(finished).rejects.toMatchObject({ name: 'SpeechError' });
  await vi.waitFor(() => expect(call.isOpen()).toBe(false));
  expect(call.controls.at(-1)).toBe('CloseStream');
  time.advance(10_000);
  expect(service.calls).toHaveLength(1);
  expect(failed).not.toHaveBeenCalled();
});
