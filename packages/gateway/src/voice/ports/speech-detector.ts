// Detection of speech in audio, whatever is said.

/** Makes detectors, which may share their work. */
export interface SpeechDetectors {
  open(): SpeechDetector;
  close(): Promise<void>;
}

/** The detector of one call. */
export interface SpeechDetector {
  /**
   * The probability (0 to 1) that the window holds speech. Windows of 512 samples, mono, 16 kHz, one after the other;
   * a window must not be given before the last one's promise is settled.
   */
  probability(window: Float32Array): Promise<number>;
  close(): void;
}
