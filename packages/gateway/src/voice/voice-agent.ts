// An agent as calls know it: which mode it can be called in, and how to open a dialogue with it.
import type { Dialogue, DialogueHost } from './dialogue.ts';
import type { DialogueSettings, HousePhrases } from './voice-settings.ts';

/** The modes in which an agent answers. */
export type DialogueMode = 'traditional' | 'end-to-end';

/** An agent that can be called. */
export interface VoiceAgent {
  /** The mode it answers in, which may not be the one that was asked for. */
  mode: DialogueMode;
  settings: DialogueSettings;
  phrases: HousePhrases;
  /** Rejects when what it listens or speaks with can't be had. */
  open(host: DialogueHost): Promise<Dialogue>;
}

/** The agents that can be called. */
export interface VoiceAgents {
  /** The agent in the mode asked for, or in another if it may fall back; undefined when it can't be called. */
  choose(agent: { agentId: string; variantId?: string; build?: string }, mode: DialogueMode): VoiceAgent | undefined;
  /**
   * Somebody is about to call: loads what takes its time, once. Resolves when callers can be listened to; those who call
   * earlier are answered then, for their first words would be lost.
   */
  prepare?(): Promise<void>;
  close(): Promise<void>;
}
