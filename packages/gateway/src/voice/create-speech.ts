// Makes the recognisers, voices and detectors of speech that a configuration names.

import { createEnergyDetectors } from './adapters/energy/energy-detectors.ts';
import { createEspeakSpeech } from './adapters/espeak/espeak-speech.ts';
import { createLocalRecogniser } from './adapters/pocketsphinx/local-recogniser.ts';
import { createSileroDetectors } from './adapters/silero/silero-detectors.ts';
import type { SpeechDetectors } from './ports/speech-detector.ts';
import { SpeechError, type SpeechToText } from './ports/speech-to-text.ts';
import type { TextToSpeech } from './ports/text-to-speech.ts';
import type { SpeechParts, SpeechToTextOptions, TextToSpeechOptions } from './speech-options.ts';
import { rememberingVoice } from './speech-services/remembering-voice.ts';

/** Makes a recogniser; none when the local one's program or model isn't installed. */
export function createSpeechToText(options: SpeechToTextOptions, parts: SpeechParts): SpeechToText | undefined {
  if (options.provider === 'local') return createLocalRecogniser(parts);
  throw new SpeechError('unavailable', `there is no recogniser ${options.provider}`);
}

/** Makes a voice, which remembers what it said lately. */
export function createTextToSpeech(options: TextToSpeechOptions, parts: SpeechParts): TextToSpeech {
  return rememberingVoice(createVoice(options, parts));
}

function createVoice(options: TextToSpeechOptions, _parts: SpeechParts): TextToSpeech {
  if (options.provider === 'local') return createEspeakSpeech(options);
  throw new SpeechError('unavailable', `there is no voice ${options.provider}`);
}

/** Makes what detects speech for all calls of the process: the model, or loudness where the model can't be loaded. */
export async function createSpeechDetectors(parts: SpeechParts): Promise<SpeechDetectors> {
  try {
    return await createSileroDetectors();
  } catch (error) {
    parts.log.warn({ error }, 'Speech is detected by loudness only: the model could not be loaded');
    return createEnergyDetectors();
  }
}
