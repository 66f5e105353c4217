// Recognition without a service: a run of pocketsphinx for each utterance, begun with the first word. It understands
// the phrases it was told to expect, in English, and takes everything else for nothing.

import { PassThrough } from 'node:stream';
import type { Timers } from '../../../kit/index.ts';
import {
  type RecognitionOptions,
  type RecognitionStream,
  SpeechError,
  type SpeechToText,
} from '../../ports/speech-to-text.ts';
import { bytesOfPcm } from '../../speech-services/pcm-of-bytes.ts';
import { Slots } from '../../speech-services/slots.ts';
import { GrammarFolder, type GrammarFiles } from './grammar-files.ts';
import { understood } from './phrase-grammar.ts';
import { plainWords } from './phrase-words.ts';
import { dictionaryPath, isSphinxInstalled, runSphinx } from './sphinx-program.ts';

/** Callers who may be understood at the same time; one costs about a tenth of a core while speaking. */
const mostRuns = 16;

/** Bytes of the longest utterance, 30 s. What is said after that isn't listened to. */
const longestUtterance = 30 * 16_000 * 2;

/** How long after the end of an utterance its words may take. */
const patienceMs = 10_000;

/** Makes the local recogniser; none when its program or model isn't installed. */
export function createLocalRecogniser(parts: { timers: Timers }): SpeechToText | undefined {
  if (!isSphinxInstalled()) return undefined;
  const folder = new GrammarFolder(dictionaryPath);
  const slots = new Slots(mostRuns);
  return {
    serves: ({ language, phrases }) => isEnglish(language) && phrases.some((phrase) => plainWords(phrase) !== ''),
    open: (options) => new LocalRecognition(options, { timers: parts.timers, folder, slots }),
    close: () => folder.close(),
  };
}

interface Shared {
  timers: Timers;
  folder: GrammarFolder;
  slots: Slots;
}

class LocalRecognition implements RecognitionStream {
  readonly #shared: Shared;
  readonly #grammar: Promise<GrammarFiles>;
  #utterance: Utterance | undefined;
  #isClosed = false;

  constructor(options: RecognitionOptions, shared: Shared) {
    this.#shared = shared;
    this.#grammar = grammarFor(options, shared.folder);
    this.#grammar.catch((error: unknown) => {
      if (!this.#isClosed) options.failed(asSpeechError(error));
    });
  }

  write(pcm: Int16Array): void {
    if (this.#isClosed) return;
    this.#utterance ??= new Utterance(this.#grammar, this.#shared);
    this.#utterance.write(pcm);
  }

  async finish(): Promise<string> {
    const utterance = this.#utterance;
    this.#utterance = undefined;
    return (await utterance?.finish()) ?? '';
  }

  discard(): void {
    this.#utterance?.stop();
    this.#utterance = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.discard();
  }
}

/** One utterance, on its way through the program. */
class Utterance {
  readonly #timers: Timers;
  readonly #audio = new PassThrough({ highWaterMark: longestUtterance });
  readonly #stop = new AbortController();
  readonly #words: Promise<string>;
  #bytes = 0;

  constructor(grammar: Promise<GrammarFiles>, { timers, slots }: Shared) {
    this.#timers = timers;
    this.#words = this.#recognise(grammar, slots);
    // Who isn't waiting yet learns of a failure when he does.
    this.#words.catch(() => {});
  }

  write(pcm: Int16Array): void {
    this.#bytes += pcm.byteLength;
    if (this.#bytes <= longestUtterance && this.#audio.writable) this.#audio.write(bytesOfPcm(pcm));
  }

  async finish(): Promise<string> {
    if (this.#audio.writable) this.#audio.end();
    let isLate = false;
    const patience = this.#timers.after(patienceMs, () => {
      isLate = true;
      this.#stop.abort();
    });
    const words = await this.#words.finally(() => patience.cancel());
    if (isLate) throw new SpeechError('broken', 'pocketsphinx took too long');
    return words;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #recognise(grammar: Promise<GrammarFiles>, slots: Slots): Promise<string> {
    const files = await grammar.catch((error: unknown) => Promise.reject(asSpeechError(error)));
    const { signal } = this.#stop;
    const release = await slots.take(signal);
    try {
      if (signal.aborted) return '';
      const lines = await runSphinx(this.#audio, files, signal);
      return lines.map(understood).filter(Boolean).join(' ');
    } finally {
      release();
    }
  }
}

async function grammarFor({ language, phrases }: RecognitionOptions, folder: GrammarFolder): Promise<GrammarFiles> {
  if (!isEnglish(language)) throw new SpeechError('unavailable', `there is no local model for ${language}`);
  const files = await folder.grammarOf(phrases);
  if (files === undefined) throw new SpeechError('unavailable', 'no phrase the local recogniser could listen for');
  return files;
}

/** `language` is a BCP-47 tag. */
function isEnglish(language: string): boolean {
  return /^en\b/i.test(language);
}

function asSpeechError(error: unknown): SpeechError {
  if (error instanceof SpeechError) return error;
  return new SpeechError('unavailable', 'the grammar of the local recogniser could not be written', { cause: error });
}
