// Speech without a service: one run of the program espeak-ng for each sentence. The program is under the GPL and stays
// a program of its own.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Resampler } from '../../media/resample.ts';
import { SpeechError } from '../../ports/speech-to-text.ts';
import type { TextToSpeech } from '../../ports/text-to-speech.ts';
import { pcmOfBytes } from '../../speech-services/pcm-of-bytes.ts';
import { Slots } from '../../speech-services/slots.ts';
import { espeakVoices, voiceFor } from './espeak-voices.ts';

/** Runs at the same time; one takes about 10 ms for a sentence. */
const mostRuns = 8;

/** Words per minute, and loudness of 200: slow and quiet enough to be clear, and never to clip. */
const speed = 155;
const amplitude = 80;

const wavHeaderBytes = 44;
const wavRateOffset = 24;
const outputRate = 24_000;

export interface EspeakOptions {
  /** A voice of espeak-ng's (`en-gb+m3`) for its language; other languages have the program's own. */
  voice?: string | undefined;
  /** Default: `espeak-ng`, where the system finds it. */
  program?: string | undefined;
}

/** Makes a voice. That the program is missing shows when it is asked whether it is ready, or is to speak. */
export function createEspeakSpeech(options: EspeakOptions = {}): TextToSpeech {
  const { program = 'espeak-ng' } = options;
  const slots = new Slots(mostRuns);
  let voices: Promise<readonly string[]> | undefined;

  async function* speak(text: string, language: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    if (text.trim() === '') return;
    const voice = voiceFor(language, await (voices ??= knownVoices()), options.voice);
    const release = await slots.take(signal);
    try {
      if (!signal.aborted) yield* run(program, { text, voice, signal });
    } finally {
      release();
    }
  }

  /** A failure isn't remembered: the program may be installed later. */
  async function knownVoices(): Promise<readonly string[]> {
    try {
      return await espeakVoices(program);
    } catch (error) {
      voices = undefined;
      throw error;
    }
  }

  return {
    ready: async () => void (await (voices ??= knownVoices())),
    speak: (text, { language, signal }) => speak(text, language, signal),
    close: async () => {},
  };
}

async function* run(
  program: string,
  { text, voice, signal }: { text: string; voice: string; signal: AbortSignal },
): AsyncGenerator<Int16Array> {
  const child = spawn(program, ['--stdin', '--stdout', '-b', '1', '-v', voice, '-s', `${speed}`, '-a', `${amplitude}`]);
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    const ended = once(child, 'close').catch((error: unknown) => Promise.reject(notRunning(program, error)));
    ended.catch(() => {});
    tell(child, text);
    let hasSpoken = false;
    for await (const pcm of soundOf(child)) {
      hasSpoken = true;
      yield pcm;
    }
    const [code] = await ended;
    if (signal.aborted || (code === 0 && hasSpoken)) return;
    throw new SpeechError('broken', `${program} ended with ${String(code)}${hasSpoken ? '' : ', without a sound'}`);
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
  }
}

/** The text goes through a pipe: it can't be taken for an option, and no list of processes shows it. */
function tell(child: ChildProcessWithoutNullStreams, text: string): void {
  // A program that ends before it has read everything says why by its exit code.
  child.stdin.on('error', () => {});
  child.stderr.resume();
  // Double brackets would be read as names of phonemes.
  child.stdin.end(text.replaceAll('[[', '[ ['));
}

async function* soundOf(child: ChildProcessWithoutNullStreams): AsyncGenerator<Int16Array> {
  const stdout: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < wavHeaderBytes) {
    const { value, done } = await stdout.next();
    if (done) return;
    head = Buffer.concat([head, value]);
  }
  const resampler = new Resampler(head.readUInt32LE(wavRateOffset), outputRate);
  for await (const pcm of pcmOfBytes(withFirst(head.subarray(wavHeaderBytes), stdout))) yield resampler.push(pcm);
  yield resampler.flush();
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Why there is no process. */
function notRunning(program: string, error: unknown): SpeechError {
  return new SpeechError('unavailable', `${program} can't be run; is it installed?`, { cause: error });
}
