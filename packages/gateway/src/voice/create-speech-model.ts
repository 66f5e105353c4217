// Makes the speech-to-speech model that a configuration names.
import type { Log, Timers } from '../kit/index.ts';
import { createRealtimeModel } from './adapters/openai-realtime/realtime-model.ts';
import type { SpeechModel } from './ports/speech-model.ts';

/** What a configuration says of a model that hears and speaks (`agents.<id>.voice.endToEnd`). */
export interface SpeechModelOptions {
  provider: 'openai-realtime';
  model: string;
  voice?: string | undefined;
  /** Where the service's API lies, version included. Default `https://api.openai.com/v1`. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

export interface SpeechModelParts {
  timers: Timers;
  log: Log;
}

/** Makes a model; nothing is connected before a session is opened. */
export function createSpeechModel(options: SpeechModelOptions, parts: SpeechModelParts): SpeechModel {
  return createRealtimeModel(options, parts);
}
