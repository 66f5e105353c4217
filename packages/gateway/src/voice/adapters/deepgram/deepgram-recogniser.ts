// Recognition by Deepgram, live: audio goes out while it is spoken, words come back while it is spoken.

import type { Timer, Timers } from '../../../kit/index.ts';
import {
  type RecognitionOptions,
  type RecognitionStream,
  SpeechError,
  type SpeechToText,
} from '../../ports/speech-to-text.ts';
import { bytesOfPcm } from '../../speech-services/pcm-of-bytes.ts';
import { deepgramAddress, type DeepgramOptions, deepgramRate } from './deepgram-address.ts';
import { DeepgramLink } from './deepgram-link.ts';
import { type DeepgramMessage, type DeepgramResults, finalize } from './deepgram-messages.ts';

/**
 * How long the final words may take after the end of an utterance. The service need not answer `Finalize` when it had
 * little audio left; then what there is counts.
 */
const finalWordsMs = 1500;

/** The same, when the service has heard a pause after the words there are. */
const settledWordsMs = 300;

/** Samples of an utterance that can be sent again over a new connection: a minute. */
const mostRemembered = deepgramRate * 60;

/** Makes a recogniser; each call has a connection of its own. */
export function createDeepgram(options: DeepgramOptions, parts: { timers: Timers }): SpeechToText {
  return { open: (recognition) => new DeepgramRecognition(options, recognition, parts.timers), close: async () => {} };
}

interface Waiting {
  resolve: (text: string) => void;
  reject: (error: SpeechError) => void;
  timer: Timer;
}

class DeepgramRecognition implements RecognitionStream {
  readonly #recognition: RecognitionOptions;
  readonly #timers: Timers;
  readonly #link: DeepgramLink;
  /** The running utterance: its audio, and what was understood of it. */
  #audio: Int16Array[] = [];
  #audioSamples = 0;
  #finals: string[] = [];
  #interim = '';
  /** The service heard a pause after the last words: hardly any more will come. */
  #isSettled = false;
  /** Samples sent over this connection, and how many of them before the running utterance. */
  #sent = 0;
  #begin = 0;
  #waiting: Waiting | undefined;
  #lost: SpeechError | undefined;

  constructor(options: DeepgramOptions, recognition: RecognitionOptions, timers: Timers) {
    this.#recognition = recognition;
    this.#timers = timers;
    this.#link = new DeepgramLink({
      url: deepgramAddress(options, recognition.language, recognition.phrases),
      apiKey: options.apiKey,
      timers,
      opened: () => this.#startOver(),
      heard: (message) => this.#hear(message),
      lost: (error) => this.#lose(error),
    });
  }

  write(pcm: Int16Array): void {
    if (this.#audioSamples < mostRemembered) this.#audio.push(pcm.slice());
    this.#audioSamples += pcm.length;
    this.#send(pcm);
  }

  finish(): Promise<string> {
    if (this.#lost) return Promise.reject(this.#lost);
    if (this.#audioSamples === 0) return Promise.resolve('');
    return new Promise((resolve, reject) => {
      const timer = this.#timers.after(this.#isSettled ? settledWordsMs : finalWordsMs, () => this.#answer());
      this.#waiting = { resolve, reject, timer };
      this.#link.send(finalize);
    });
  }

  discard(): void {
    // What was said is cut off from what comes next.
    if (this.#audioSamples > 0) this.#link.send(finalize);
    this.#take();
  }

  close(): void {
    this.#link.close();
    this.#lose(new SpeechError('broken', 'the recognition was closed'), { tell: false });
  }

  #send(pcm: Int16Array): void {
    this.#link.send(bytesOfPcm(pcm));
    this.#sent += pcm.length;
  }

  /** A new connection knows nothing of the running utterance. */
  #startOver(): void {
    this.#sent = 0;
    this.#begin = 0;
    this.#finals = [];
    this.#interim = '';
    for (const pcm of this.#audio) this.#send(pcm);
    if (this.#waiting) this.#link.send(finalize);
  }

  #hear(message: DeepgramMessage): void {
    if (message.type === 'Results') this.#understand(message);
    else this.#isSettled = true;
    if (this.#waiting && this.#isOver(message)) this.#answer();
  }

  #understand(results: DeepgramResults): void {
    const words = results.channel.alternatives[0]?.transcript.trim() ?? '';
    const end = (results.start + results.duration) * deepgramRate;
    // The former utterance's, late.
    if (end <= this.#begin || this.#audioSamples === 0) return;
    this.#interim = results.is_final ? '' : words;
    if (results.is_final && words !== '') this.#finals.push(words);
    this.#isSettled = results.speech_final;
    if (words !== '') this.#recognition.partial(this.#text());
  }

  #isOver(message: DeepgramMessage): boolean {
    return message.type === 'UtteranceEnd' || message.from_finalize || message.speech_final;
  }

  #text(): string {
    return [...this.#finals, this.#interim].filter(Boolean).join(' ');
  }

  #answer(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.timer.cancel();
    waiting?.resolve(this.#take());
  }

  /** The words of the running utterance, which is over with this. */
  #take(): string {
    const text = this.#text();
    this.#audio = [];
    this.#audioSamples = 0;
    this.#finals = [];
    this.#interim = '';
    this.#isSettled = false;
    this.#begin = this.#sent;
    return text;
  }

  #lose(error: SpeechError, { tell } = { tell: true }): void {
    if (this.#lost) return;
    this.#lost = error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.timer.cancel();
    waiting?.reject(error);
    if (tell) this.#recognition.failed(error);
  }
}
