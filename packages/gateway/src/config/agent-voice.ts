// `agents.<id>.voice`: how an agent listens and speaks.
import { z } from 'zod';
import { amount, duration, httpUrl, text, whole } from './value-schemas.ts';

export interface AgentVoiceConfig {
  /** Whether the agent speaks first. */
  greeting: boolean;
  /** Speech to text, the chat agent, text to speech. Undefined where only the other mode is configured. */
  traditional?: TraditionalConfig | undefined;
  /** One speech-to-speech model. */
  endToEnd?: EndToEndConfig | undefined;
  /** `onGreeting`: whether the greeting may be interrupted too. */
  interruption: { enabled: boolean; minSpeechMs: number; onGreeting: boolean };
  /** How long a pause ends the user's turn; shorter after what sounds finished. */
  endpointing: { minSilenceMs: number; maxSilenceMs: number };
  /** 0 seconds: never ask whether somebody is there. */
  silence: { promptAfterSeconds: number; maxPrompts: number };
  maxCallSeconds: number;
}

export interface TraditionalConfig {
  stt: SpeechProviderConfig<SttProvider>;
  tts: SpeechProviderConfig<TtsProvider>;
}

export type SttProvider = 'local' | 'openai' | 'deepgram';
export type TtsProvider = 'local' | 'openai' | 'elevenlabs';

/** A speech service; what is left out is up to the adapter. */
export interface SpeechProviderConfig<Provider extends string> {
  provider: Provider;
  model?: string | undefined;
  voice?: string | undefined;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

export interface EndToEndConfig {
  provider: 'openai-realtime';
  model: string;
  voice?: string | undefined;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
}

const service = {
  model: text.optional(),
  voice: text.optional(),
  baseUrl: httpUrl.optional(),
  apiKey: text.optional(),
};

const stt = z.strictObject({ provider: z.enum(['local', 'openai', 'deepgram']), ...service });
const tts = z.strictObject({ provider: z.enum(['local', 'openai', 'elevenlabs']), ...service });

const traditional = z.strictObject({
  stt: stt.default({ provider: 'local' }),
  tts: tts.default({ provider: 'local' }),
});

const agentVoice = z.strictObject({
  greeting: z.boolean().default(true),
  traditional: traditional.optional(),
  endToEnd: z.strictObject({ provider: z.literal('openai-realtime'), ...service, model: text }).optional(),
  interruption: z
    .strictObject({
      enabled: z.boolean().default(true),
      minSpeechMs: amount(0).default(90),
      onGreeting: z.boolean().default(true),
    })
    .prefault({}),
  endpointing: z
    .strictObject({ minSilenceMs: amount(0).default(300), maxSilenceMs: amount(0).default(1000) })
    .refine(({ minSilenceMs, maxSilenceMs }) => minSilenceMs <= maxSilenceMs, {
      error: 'must be at least minSilenceMs',
      path: ['maxSilenceMs'],
    })
    .prefault({}),
  silence: z.strictObject({ promptAfterSeconds: amount(0).default(10), maxPrompts: whole(0).default(3) }).prefault({}),
  maxCallSeconds: duration.default(3600),
});

/** An agent that has neither mode is called with what the machine has. */
export const agentVoiceSchema: z.ZodType<AgentVoiceConfig> = agentVoice.transform((voice) =>
  voice.traditional || voice.endToEnd ? voice : { ...voice, traditional: traditional.parse({}) },
);
