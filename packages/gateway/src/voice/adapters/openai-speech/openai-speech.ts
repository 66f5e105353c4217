// Speech by OpenAI, or by any service that offers its `POST /v1/audio/speech`.

import type { TextToSpeech } from '../../ports/text-to-speech.ts';
import type { ServiceParts } from '../../speech-services/ask-service.ts';
import { streamedVoice } from '../../speech-services/streamed-voice.ts';

export interface OpenAiSpeechOptions {
  model?: string | undefined;
  voice?: string | undefined;
  /** Default `https://api.openai.com/v1`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

/** Characters in one request, at most. */
const longestInput = 4096;

/** Makes a voice. Which language it speaks follows from the text. */
export function createOpenAiSpeech(options: OpenAiSpeechOptions, parts: ServiceParts): TextToSpeech {
  const { model = 'gpt-4o-mini-tts', voice = 'alloy', baseUrl = 'https://api.openai.com/v1', apiKey } = options;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };

  async function* speak(text: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    for (const input of pieces(text)) {
      const body = JSON.stringify({ model, input, voice, response_format: 'pcm', stream_format: 'audio' });
      const url = `${baseUrl.replace(/\/+$/, '')}/audio/speech`;
      yield* streamedVoice({ service: 'the speech service', url, headers, body, signal }, parts);
    }
  }

  return { speak: (text, { signal }) => speak(text, signal), close: async () => {} };
}

/** A text in pieces short enough, cut between words where there are any. */
function pieces(text: string): string[] {
  return text.match(new RegExp(String.raw`\S[^]{0,${longestInput - 1}}(?!\S)|\S{1,${longestInput}}`, 'gu')) ?? [];
}
