// What a configuration says of recognisers and voices, and what they need from the gateway.
import type { Clock, Log, Timers } from '../kit/index.ts';

/** A service for speech; what is left out is up to the service. */
interface SpeechServiceOptions<Provider extends string> {
  provider: Provider;
  model?: string | undefined;
  voice?: string | undefined;
  /** Where the service's API lies, version included (`https://api.openai.com/v1`). */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

export type SpeechToTextOptions = SpeechServiceOptions<'local' | 'openai' | 'deepgram'>;
export type TextToSpeechOptions = SpeechServiceOptions<'local' | 'openai' | 'elevenlabs'>;

export interface SpeechParts {
  clock: Clock;
  timers: Timers;
  log: Log;
  /** How HTTP requests are made; Node's `fetch` otherwise. */
  fetch?: typeof globalThis.fetch | undefined;
}
