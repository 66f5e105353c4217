// Synthesis of speech.

/** A voice. */
export interface TextToSpeech {
  /** Resolves when it could speak now; throws `SpeechError` otherwise. Voices that can't know before they speak have none. */
  ready?(): Promise<void>;
  /**
   * Speaks one sentence or clause of plain text: yields mono PCM at 24 kHz, in pieces of any length, the first as soon
   * as there is one. Aborting ends it without an error. Throws `SpeechError` otherwise.
   */
  speak(text: string, options: { language: string; signal: AbortSignal }): AsyncIterable<Int16Array>;
  /** Ends what the voice shares among calls. */
  close(): Promise<void>;
}
