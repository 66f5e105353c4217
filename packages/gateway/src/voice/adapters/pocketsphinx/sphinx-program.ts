// The program pocketsphinx_continuous and its English model, as Debian installs them.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { SpeechError } from '../../ports/speech-to-text.ts';
import type { GrammarFiles } from './grammar-files.ts';

const program = 'pocketsphinx_continuous';
const model = '/usr/share/pocketsphinx/model/en-us';
const acousticModel = `${model}/en-us`;

/** The model's words and their pronunciations. */
export const dictionaryPath: string = `${model}/cmudict-en-us.dict`;

/**
 * The program reads only files and pipes, but what a child process of Node reads from is a socket; `cat` stands
 * between. The words of the command are arguments, never part of the shell's text.
 */
const throughPipe = 'cat | "$0" "$@"';

/** Wide beams: small grammars can afford to follow unlikely paths, and the likely ones are too often wrong at first. */
const beams = ['-beam', '1e-80', '-pbeam', '1e-80', '-wbeam', '1e-60'];

/** Whether there is something to recognise with on this machine. */
export function isSphinxInstalled(): boolean {
  if (!existsSync(dictionaryPath) || !existsSync(acousticModel)) return false;
  return spawnSync(program, ['-help'], { stdio: 'ignore', timeout: 5000 }).error === undefined;
}

/**
 * Recognises one utterance while it is still being spoken: signed 16-bit mono at 16 kHz, until `audio` ends. Resolves
 * to the lines the program prints, one for each stretch of speech without a pause.
 */
export async function runSphinx(audio: Readable, grammar: GrammarFiles, signal: AbortSignal): Promise<string[]> {
  const child = spawn('sh', ['-c', throughPipe, program, ...programArguments(grammar)], {
    // A group of its own, so that all of it can be ended at once.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close').catch((error: unknown) => {
    throw new SpeechError('unavailable', `${program} can't be run`, { cause: error });
  });
  const kill = (): void => endGroup(child.pid);
  signal.addEventListener('abort', kill, { once: true });
  try {
    if (signal.aborted) kill();
    child.stdin.on('error', () => {});
    audio.pipe(child.stdin);
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const [code] = await ended;
    if (code !== 0 && !signal.aborted) throw new SpeechError('broken', `${program} ended with ${String(code)}`);
    return printed.split('\n');
  } finally {
    signal.removeEventListener('abort', kill);
    audio.destroy();
  }
}

function programArguments({ dictionary, automaton }: GrammarFiles): string[] {
  const input = ['-infile', '/dev/stdin', '-samprate', '16000', '-logfn', '/dev/null'];
  const models = ['-hmm', acousticModel, '-dict', dictionary, '-fsg', automaton];
  // Parley has told speech from noise already, and spectral subtraction takes a part of the speech with it.
  const noise = ['-remove_noise', 'no'];
  return [...input, ...models, ...noise, ...beams];
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
