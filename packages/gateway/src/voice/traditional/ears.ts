// The recogniser of a call: gives it each utterance with a little of what came before, and its words back in order.
import type { Log, Timers } from '../../kit/index.ts';
import { SpeechError } from '../ports/speech-to-text.ts';
import type { RecognitionStream, SpeechToText } from '../ports/speech-to-text.ts';

/** Frames of 20 ms from before an utterance was noticed: its first sounds, which are often soft. */
const LEAD_IN_FRAMES = 20;
/** So long for the words of an utterance, and they are taken for none. */
const WORDS_PATIENCE_MS = 10_000;

/** What ears need. */
export interface EarsParts {
  speechToText: SpeechToText;
  /** What callers are likely to say. */
  phrases: readonly string[];
  timers: Timers;
  log: Log;
  /** What was understood of the running utterance so far. */
  partial(text: string): void;
  /** Nothing can be understood any more. */
  failed(error: Error): void;
}

/** The ears of one call. */
export interface Ears {
  /** 20 ms of the caller, mono, 16 kHz. */
  hear(frame: Int16Array): void;
  /** An utterance began a moment ago. */
  listen(): void;
  /** The utterance is over. Resolves to its words, '' when none were understood; in the order of utterances. */
  finish(): Promise<string>;
  /** The utterance was none. */
  discard(): void;
  /** The caller speaks this language (BCP-47) from the next utterance on; one the recogniser can't serve is ignored. */
  expect(language: string): void;
  close(): void;
}

/** Opens the ears, for speech in `language`. */
export function createEars(language: string, parts: EarsParts): Ears {
  const leadIn: Int16Array[] = [];
  let current = { language, stream: open(language) };
  let wanted = language;
  let isListening = false;
  let isClosed = false;
  let lastWords: Promise<string> = Promise.resolve('');

  function open(spoken: string): RecognitionStream {
    const { phrases } = parts;
    const stream: RecognitionStream = parts.speechToText.open({
      language: spoken,
      phrases,
      partial(text) {
        if (isListening && stream === current.stream) parts.partial(text);
      },
      failed: giveUp,
    });
    return stream;
  }

  function giveUp(error: Error): void {
    if (!isClosed) parts.failed(error);
  }

  /** Streams have one language for life, so another one takes over; the former still owes words, perhaps. */
  function changeLanguage(): void {
    if (isListening || isClosed || wanted === current.language) return;
    const { stream } = current;
    void lastWords.finally(() => stream.close());
    current = { language: wanted, stream: open(wanted) };
  }

  async function wordsOf(stream: RecognitionStream): Promise<string> {
    try {
      return await inTime(stream.finish());
    } catch (error) {
      const isOver = !(error instanceof SpeechError) || error.code === 'unavailable';
      if (isOver) giveUp(error instanceof Error ? error : new Error(String(error)));
      else parts.log.warn({ err: error }, 'An utterance could not be recognised');
      return '';
    }
  }

  function inTime(words: Promise<string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const patience = parts.timers.after(WORDS_PATIENCE_MS, () =>
        reject(new SpeechError('broken', 'the recogniser took too long')),
      );
      words.then(resolve, reject).finally(() => patience.cancel());
    });
  }

  return {
    hear(frame) {
      if (isListening) {
        current.stream.write(frame);
        return;
      }
      leadIn.push(frame);
      if (leadIn.length > LEAD_IN_FRAMES) leadIn.shift();
    },
    listen() {
      isListening = true;
      for (const frame of leadIn.splice(0)) current.stream.write(frame);
    },
    finish() {
      isListening = false;
      const [former, words] = [lastWords, wordsOf(current.stream)];
      lastWords = former.then(() => words);
      changeLanguage();
      return lastWords;
    },
    discard() {
      isListening = false;
      current.stream.discard();
      changeLanguage();
    },
    expect(next) {
      if (parts.speechToText.serves?.({ language: next, phrases: parts.phrases }) === false) return;
      wanted = next;
      changeLanguage();
    },
    close() {
      isClosed = true;
      isListening = false;
      current.stream.close();
    },
  };
}
