// What a dialogue hears with: a detector of speech and a recogniser, which get the same audio.
import type { SpeechDetectors } from '../ports/speech-detector.ts';
import type { SpeechToText } from '../ports/speech-to-text.ts';
import { createEars } from './ears.ts';
import type { Ears, EarsParts } from './ears.ts';
import { createVoiceActivity } from './voice-activity.ts';
import type { VoiceActivityParts } from './voice-activity.ts';

/** What listening needs. */
export interface ListeningParts extends Omit<EarsParts, 'speechToText'>, Pick<VoiceActivityParts, 'judged'> {
  /** Undefined: nothing can understand callers. */
  speechToText: SpeechToText | undefined;
  detectors: SpeechDetectors;
}

/** The hearing of one call. */
export interface Listening extends Omit<Ears, 'hear'> {
  /** 20 ms of the caller, mono, 16 kHz; heard at `atMs`. */
  hear(frame: Int16Array, atMs: number): void;
}

/** Begins to listen to speech in `language` (BCP-47); undefined when the recogniser understands nothing of it. */
export function createListening(language: string, parts: ListeningParts): Listening | undefined {
  const { speechToText, detectors, phrases } = parts;
  if (!speechToText || speechToText.serves?.({ language, phrases }) === false) return undefined;
  const ears = createEars(language, { ...parts, speechToText });
  const activity = createVoiceActivity({ ...parts, detector: detectors.open() });
  return {
    ...ears,
    hear(frame, atMs) {
      ears.hear(frame);
      activity.hear(frame, atMs);
    },
    close() {
      activity.close();
      ears.close();
    },
  };
}
