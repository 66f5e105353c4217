// Speech by ElevenLabs: `POST /v1/text-to-speech/{voice}/stream`.

import type { TextToSpeech } from '../../ports/text-to-speech.ts';
import type { ServiceParts } from '../../speech-services/ask-service.ts';
import { streamedVoice } from '../../speech-services/streamed-voice.ts';

export interface ElevenLabsOptions {
  model?: string | undefined;
  /** The voice's id. */
  voice?: string | undefined;
  /** Default `https://api.elevenlabs.io/v1`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

/** The service's own example voice. */
const defaultVoice = 'JBFqnCBsd6RMkjVDRZzb';

/** Models that can be told which language to speak; others refuse a request that does. */
const toldLanguage = /_v2_5$|_v3$/;

export function createElevenLabsSpeech(options: ElevenLabsOptions, parts: ServiceParts): TextToSpeech {
  const { model = 'eleven_flash_v2_5', voice = defaultVoice, apiKey } = options;
  const baseUrl = (options.baseUrl ?? 'https://api.elevenlabs.io/v1').replace(/\/+$/, '');
  const url = `${baseUrl}/text-to-speech/${encodeURIComponent(voice)}/stream?output_format=pcm_24000`;
  const headers = { 'content-type': 'application/json', ...(apiKey !== undefined && { 'xi-api-key': apiKey }) };

  return {
    speak(text, { language, signal }) {
      const code = toldLanguage.test(model) ? { language_code: language.split('-')[0]?.toLowerCase() } : {};
      const body = JSON.stringify({ text, model_id: model, ...code });
      return streamedVoice({ service: 'ElevenLabs', url, headers, body, signal }, parts);
    },
    close: async () => {},
  };
}
