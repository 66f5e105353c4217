// Makes the recognisers, voices and detectors of speech that a configuration names.

import { createDeepgram } from './adapters/deepgram/deepgram-recogniser.ts';
import { createElevenLabsSpeech } from './adapters/elevenlabs/elevenlabs-speech.ts';
import { createEnergyDetectors } from './adapters/energy/energy-detectors.ts';
import { createEspeakSpeech } from './adapters/espeak/espeak-speech.ts';
import { createOpenAiSpeech } from './adapters/openai-speech/openai-speech.ts';
import { createOpenAiTranscription } from './adapters/openai-transcription/openai-transcription.ts';
import { createLocalRecogniser } from './adapters/pocketsphinx/local-recogniser.ts';
import { createSileroDetectors } from './adapters/silero/silero-detectors.ts';
import type { SpeechDetectors } from './ports/speech-detector.ts';
import type { SpeechToText } from './ports/speech-to-text.ts';
import type { TextToSpeech } from './ports/text-to-speech.ts';
import type { SpeechParts, SpeechToTextOptions, TextToSpeechOptions } from './speech-options.ts';
import { rememberingVoice } from './speech-services/remembering-voice.ts';

/** Makes a recogniser; none when the local one's program or model isn't installed. */
export function createSpeechToText(options: SpeechToTextOptions, parts: SpeechParts): SpeechToText | undefined {
  switch (options.provider) {
    case 'local':
      return createLocalRecogniser(parts);
    case 'openai':
      return createOpenAiTranscription(options, parts);
    case 'deepgram':
      return createDeepgram(options, parts);
  }
}

/** Makes a voice, which remembers what it said lately. */
export function createTextToSpeech(options: TextToSpeechOptions, parts: SpeechParts): TextToSpeech {
  return rememberingVoice(createVoice(options, parts));
}

function createVoice(options: TextToSpeechOptions, parts: SpeechParts): TextToSpeech {
  switch (options.provider) {
    case 'local':
      return createEspeakSpeech(options);
    case 'openai':
      return createOpenAiSpeech(options, parts);
    case 'elevenlabs':
      return createElevenLabsSpeech(options, parts);
  }
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
