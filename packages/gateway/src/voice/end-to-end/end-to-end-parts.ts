// What a call in end-to-end mode is made of.
import type { Clock, Log, NewId, Timers } from '../../kit/index.ts';
import type { HandoffRequest } from '../../messaging/index.ts';
import type { SpeechModel } from '../ports/speech-model.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import type { DialogueSettings, HousePhrases } from '../voice-settings.ts';
import type { AgentTool } from './agent-tools.ts';

export interface EndToEndParts {
  settings: DialogueSettings;
  phrases: HousePhrases;
  /** What the agent is and knows. */
  instructions: string;
  model: SpeechModel;
  /** Says the house's phrases in their very words; without it the model is asked to. */
  textToSpeech?: TextToSpeech | undefined;
  tools: readonly AgentTool[];
  /** Where hand-offs go when the model doesn't say. */
  handoff: Pick<HandoffRequest, 'kind' | 'queue' | 'route'>;
  clock: Clock;
  timers: Timers;
  log: Log;
  newId: NewId;
}
