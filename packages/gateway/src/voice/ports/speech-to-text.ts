// Recognition of speech. Who listens decides where an utterance begins and ends; a recogniser only says what it was.

/** A recogniser. One stream per call. */
export interface SpeechToText {
  open(options: RecognitionOptions): RecognitionStream;
  /** Whether it can understand anything of this; without the method, it can. A stream for less would only fail. */
  serves?(what: Pick<RecognitionOptions, 'language' | 'phrases'>): boolean;
  /** Ends what the recogniser shares among calls. */
  close(): Promise<void>;
}

export interface RecognitionOptions {
  /** BCP-47. */
  language: string;
  /** What the caller is likely to say; recognisers with a small vocabulary know nothing else. */
  phrases: readonly string[];
  /** What was understood of the running utterance so far; replaces the former. Never called after `close`. */
  partial(text: string): void;
  /** The recogniser can't go on for this call. Called at most once. */
  failed(error: SpeechError): void;
}

/** The ears of one call. Utterances follow one another: any number of `write`, then `finish` or `discard`. */
export interface RecognitionStream {
  /** Audio of the running utterance, lead-in included: mono, 16 kHz. */
  write(pcm: Int16Array): void;
  /** The utterance is over. Resolves to its words, '' when none was understood; rejects with {@link SpeechError}. */
  finish(): Promise<string>;
  /** The utterance was none. */
  discard(): void;
  close(): void;
}

/** An expected failure of a speech service. The message is for the log and names no secret and no words. */
export class SpeechError extends Error {
  /** `unavailable`: no use to try again within this call. */
  readonly code: 'unavailable' | 'broken';

  constructor(code: SpeechError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SpeechError';
    this.code = code;
  }
}
