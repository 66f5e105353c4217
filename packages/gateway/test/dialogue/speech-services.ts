import type { SpeechDetectors, SpeechToText, TextToSpeech } from '../../src/voice/index.ts';
// Speech without sound: voices that take their time for every character, a detector that takes any sound for speech, a
// recogniser that understands what the test says was said.
import { SpeechError } from '../../src/voice/index.ts';

/** How long a character is spoken. */
export const MS_PER_CHARACTER = 50;

/** A voice that notes what it was asked to say. */
export interface PaperVoice extends TextToSpeech {
  /** What it was asked to say, each with its language. */
  readonly asked: { text: string; language: string }[];
  /** Requests that were called off. */
  readonly aborted: number;
  /** It breaks so many times, with this error, after its first audio. */
  breaks(times: number, error?: Error): void;
  /** It takes requests and brings nothing. */
  hangs(): void;
}

/** A voice. All audio of a sentence comes at once, in two pieces. */
export function paperVoice(): PaperVoice {
  const asked: PaperVoice['asked'] = [];
  let failures: Error[] = [];
  let isHanging = false;
  let aborted = 0;
  return {
    asked,
    get aborted() {
      return aborted;
    },
    breaks(times, error = new SpeechError('broken', 'the voice broke')) {
      failures = Array.from({ length: times }, () => error);
    },
    hangs: () => (isHanging = true),
    async *speak(text, { language, signal }) {
      asked.push({ text, language });
      signal.addEventListener('abort', () => (aborted += 1));
      const pcm = new Int16Array((text.length * MS_PER_CHARACTER * 24) / 2);
      if (isHanging) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      if (signal.aborted) return;
      yield pcm;
      const failure = failures.shift();
      if (failure) throw failure;
      yield pcm;
    },
    async close() {},
  };
}

/** Detectors for which a window is speech when anything in it isn't zero. */
export const soundDetectors: SpeechDetectors = {
  open: () => ({
    probability: async (window) => (window.some((sample) => sample !== 0) ? 0.95 : 0.02),
    close() {},
  }),
  async close() {},
};

/** A recogniser in the test's hands. */
export interface PaperRecogniser extends SpeechToText {
  /** What the next utterances will have been, in order; '' when there is nothing left. */
  readonly words: string[];
  /** Languages it was opened for. */
  readonly languages: string[];
  /** Frames of each utterance it was given. */
  readonly utterances: number[];
  /** How often an utterance was called off. */
  readonly discarded: number;
  partial(text: string): void;
  fail(error: SpeechError): void;
  /** How the next utterances end; in place of their words. */
  ends: (() => Promise<string>)[];
}

/** A recogniser; of these languages alone, if any are given. */
export function paperRecogniser(known?: readonly string[]): PaperRecogniser {
  const words: string[] = [];
  const languages: string[] = [];
  const utterances: number[] = [];
  let discarded = 0;
  let frames = 0;
  let options: Parameters<SpeechToText['open']>[0] | undefined;
  const recogniser: PaperRecogniser = {
    words,
    languages,
    utterances,
    ends: [],
    get discarded() {
      return discarded;
    },
    serves: ({ language }) => known?.includes(language) ?? true,
    partial: (text) => options?.partial(text),
    fail: (error) => options?.failed(error),
    open(given) {
      options = given;
      languages.push(given.language);
      return {
        write: () => void (frames += 1),
        finish() {
          utterances.push(frames);
          frames = 0;
          return recogniser.ends.shift()?.() ?? Promise.resolve(words.shift() ?? '');
        },
        discard() {
          frames = 0;
          discarded += 1;
        },
        close() {},
      };
    },
    async close() {},
  };
  return recogniser;
}
