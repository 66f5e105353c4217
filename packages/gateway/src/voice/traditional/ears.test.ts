import { expect, it } from 'vitest';
import { FakeTime, silentLog } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';
import type { RecognitionOptions, RecognitionStream } from '../ports/speech-to-text.ts';
import { createEars } from './ears.ts';

interface HandStream extends RecognitionStream {
  options: RecognitionOptions;
  written: Int16Array[];
  finishes: { resolve: (text: string) => void; reject: (error: Error) => void }[];
  discarded: number;
  isClosed: boolean;
}

function handStream(options: RecognitionOptions): HandStream {
  const stream: HandStream = {
    options,
    written: [],
    finishes: [],
    discarded: 0,
    isClosed: false,
    write: (pcm) => void stream.written.push(pcm),
    finish: () => new Promise((resolve, reject) => stream.finishes.push({ resolve, reject })),
    discard: () => void (stream.discarded += 1),
    close: () => void (stream.isClosed = true),
  };
  return stream;
}

function openEars() {
  const streams: HandStream[] = [];
  const partials: string[] = [];
  const failures: string[] = [];
  const time = new FakeTime();
  const open = (options: RecognitionOptions): HandStream => {
    const stream = handStream(options);
    streams.push(stream);
    return stream;
  };
  const ears = createEars('en-US', {
    speechToText: { open, close: async () => {} },
    phrases: ['opening hours'],
    timers: time,
    log: silentLog,
    partial: (text) => void partials.push(text),
    failed: (error) => void failures.push(error.message),
  });
  const hear = (frames: number): void => {
    for (let frame = 0; frame < frames; frame++) ears.hear(new Int16Array(320).fill(frame));
  };
  return { ears, hear, streams, partials, failures, time, stream: streams[0]! };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('gives the recogniser 400 ms from before the utterance was noticed, then the utterance', () => {
  const { ears, hear, stream } = openEars();
  hear(50);
  expect(stream.written).toHaveLength(0);
  ears.listen();
  expect(stream.written.map(([sample]) => sample)).toEqual(Array.from({ length: 20 }, (_, index) => index + 30));
  hear(5);
  expect(stream.written).toHaveLength(25);
  void ears.finish();
  hear(5);
  expect(stream.written).toHaveLength(25);
});

it('tells the recogniser the language and what to expect', () => {
  expect(openEars().stream.options).toMatchObject({ language: 'en-US', phrases: ['opening hours'] });
});

it('passes on what was understood so far, of the running utterance only', () => {
  const { ears, stream, partials } = openEars();
  stream.options.partial('noise');
  ears.listen();
  stream.options.partial('open');
  void ears.finish();
  stream.options.partial('opening hours');
  expect(partials).toEqual(['open']);
});

it('brings words back in the order of their utterances', async () => {
  const { ears, stream } = openEars();
  const heard: string[] = [];
  ears.listen();
  void ears.finish().then((text) => heard.push(text));
  ears.listen();
  void ears.finish().then((text) => heard.push(text));
  stream.finishes[1]?.resolve('two');
  await settle();
  expect(heard).toEqual([]);
  stream.finishes[0]?.resolve('one');
  await settle();
  expect(heard).toEqual(['one', 'two']);
});

it('hears another language after the running utterance, and lets the former stream finish', async () => {
  const { ears, streams, stream, partials } = openEars();
  ears.listen();
  ears.expect('fr-FR');
  ears.expect('fr-FR');
  expect(streams).toHaveLength(1);
  const words = ears.finish();
  expect(streams.map(({ options }) => options.language)).toEqual(['en-US', 'fr-FR']);
  expect(stream.isClosed).toBe(false);
  stream.finishes[0]?.resolve('French, please');
  await expect(words).resolves.toBe('French, please');
  await settle();
  expect(stream.isClosed).toBe(true);
  ears.listen();
  streams[1]?.options.partial('bonjour');
  expect(partials).toEqual(['bonjour']);
});

it('takes an utterance that could not be recognised, or not in time, for one without words', async () => {
  const { ears, stream, time, failures } = openEars();
  const broken = ears.finish();
  stream.finishes[0]?.reject(new SpeechError('broken', 'lost'));
  await expect(broken).resolves.toBe('');
  const slow = ears.finish();
  await settle();
  time.advance(10_000);
  await expect(slow).resolves.toBe('');
  expect(failures).toEqual([]);
});

it('says that nothing can be understood any more', async () => {
  const { ears, stream, failures } = openEars();
  const words = ears.finish();
  stream.finishes[0]?.reject(new SpeechError('unavailable', 'no credit'));
  await expect(words).resolves.toBe('');
  expect(failures).toEqual(['no credit']);
  ears.close();
  stream.options.failed(new SpeechError('unavailable', 'closed'));
  expect(failures).toEqual(['no credit']);
  expect(stream.isClosed).toBe(true);
});
