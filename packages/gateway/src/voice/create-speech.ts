// Makes the recognisers, voices and detectors of speech that a configuration names.
import type { SpeechDetectors } from './ports/speech-detector.ts';
import { SpeechError, type SpeechToText } from './ports/speech-to-text.ts';
import type { TextToSpeech } from './ports/text-to-speech.ts';
import type { SpeechParts, SpeechToTextOptions, TextToSpeechOptions } from './speech-options.ts';

/** Makes a recogniser; none when the local one's program or model isn't installed. */
export function createSpeechToText(options: SpeechToTextOptions, _parts: SpeechParts): SpeechToText | undefined {
  if (options.provider === 'local') return undefined;
  throw new SpeechError('unavailable', `there is no recogniser ${options.provider}`);
}

/** Makes a voice, which remembers what it said lately. */
export function createTextToSpeech(options: TextToSpeechOptions, _parts: SpeechParts): TextToSpeech {
  throw new SpeechError('unavailable', `there is no voice ${options.provider}`);
}

/** Makes what detects speech for all calls of the process. */
export async function createSpeechDetectors(_parts: SpeechParts): Promise<SpeechDetectors> {
  throw new SpeechError('unavailable', 'there is no detector of speech');
}
