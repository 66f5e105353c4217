// Speech for a browser's fake microphone, and ears for what it plays: the programs that Parley itself runs locally.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MOUTH = 'espeak-ng';
const EAR = 'pocketsphinx_continuous';
const MODEL = '/usr/share/pocketsphinx/model/en-us';
/** What browsers' microphones have. */
const MICROPHONE_RATE = 48_000;
/** What the model of the recogniser was trained with. */
const EAR_RATE = 16_000;

/** Whether this machine can speak and understand. */
export function hasSpeechPrograms(): boolean {
  return [MOUTH, EAR].every((program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined);
}

/** A WAV file for a fake microphone: silence, the words, and silence again. Played once. Returns what `fakeMicrophone` wants. */
export function microphoneFile(folder: string, { words, leadMs }: { words: string; leadMs: number }): string {
  const spoken = words === '' ? new Int16Array() : speak(words);
  const lead = Math.round((leadMs / 1000) * MICROPHONE_RATE);
  const samples = new Int16Array(lead + spoken.length + MICROPHONE_RATE);
  samples.set(spoken, lead);
  const file = join(folder, 'microphone.wav');
  writeFileSync(file, wav(samples, MICROPHONE_RATE));
  return `${file}%noloop`;
}

/** Which of the sentences was said, by the ear of the recogniser. Mono, 16 kHz. */
export function recognise(folder: string, samples: Int16Array, sentences: readonly string[]): string {
  const audio = join(folder, 'heard.wav');
  const grammar = join(folder, 'heard.jsgf');
  writeFileSync(audio, wav(samples, EAR_RATE));
  writeFileSync(grammar, `#JSGF V1.0;\ngrammar heard;\npublic <sentence> = ${sentences.join(' | ')};\n`);
  const models = ['-hmm', `${MODEL}/en-us`, '-dict', `${MODEL}/cmudict-en-us.dict`, '-jsgf', grammar];
  const args = ['-infile', audio, '-samprate', String(EAR_RATE), '-logfn', '/dev/null', ...models];
  return execFileSync(EAR, args, { encoding: 'utf8' }).trim();
}

function speak(words: string): Int16Array {
  const file = execFileSync(MOUTH, ['-v', 'en-us', '-s', '140', '--stdout', words]);
  const rate = file.readUInt32LE(24);
  // Written to a pipe, the header doesn't know the length: the samples are all that follows it.
  const pcm = file.subarray(file.indexOf('data') + 8);
  const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + (pcm.length & ~1)));
  return resample(samples, rate, MICROPHONE_RATE);
}

function resample(samples: Int16Array, from: number, to: number): Int16Array {
  return Int16Array.from({ length: Math.floor((samples.length * to) / from) }, (_, index) => {
    const place = (index * from) / to;
    const [left = 0, right = left] = samples.subarray(Math.floor(place));
    return left + (right - left) * (place % 1);
  });
}

/** A file of mono PCM: the 44 bytes of header that every program understands. */
function wav(samples: Int16Array, rate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
