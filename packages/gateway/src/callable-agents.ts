// The agents of the configuration in the words of voice.
import { handoffDefaults } from './agent-roster.ts';
import type { AgentRoster } from './agent-roster.ts';
import type { LentTool } from './agents/index.ts';
import type { AgentConfig, Config } from './config/index.ts';
import type { AgentTool, CallableAgent, CallableAgents, DialogueSettings } from './voice/index.ts';

/** How the agents of the roster are called. */
export function callableAgents(roster: Pick<AgentRoster, 'of'>, config: Pick<Config, 'handoff'>): CallableAgents {
  return {
    of({ agentId, variantId, build }) {
      const entry = roster.of({ agentId, variantId: variantId ?? null, build: build ?? null });
      if (!entry) return undefined;
      return {
        ...callable(entry.config, entry.phrases),
        handoff: handoffOf(entry.config, config),
        tools: async (facts) => ((await entry.agent.lendTools?.(facts)) ?? []).map(callableTool),
      };
    },
  };
}

function callable(agent: AgentConfig, phrases: readonly string[]): Omit<CallableAgent, 'handoff' | 'tools'> {
  const { traditional, endToEnd } = agent.voice;
  return { settings: settingsOf(agent, phrases), instructions: instructionsOf(agent), traditional, endToEnd };
}

function callableTool(tool: LentTool): AgentTool {
  const { name, description, parameters } = tool;
  return { name, description, parameters, run: async (input, signal) => ({ output: await tool.use(input, signal) }) };
}

function settingsOf({ voice, language }: AgentConfig, phrases: readonly string[]): DialogueSettings {
  const { greeting, interruption, endpointing, silence, maxCallSeconds } = voice;
  return {
    language,
    greeting,
    interruption,
    endpointing,
    silence: { promptAfterMs: silence.promptAfterSeconds * 1000, maxPrompts: silence.maxPrompts },
    maxCallMs: maxCallSeconds * 1000,
    phrases,
  };
}

/** Where hand-offs go when a speech-to-speech model doesn't say. */
function handoffOf(agent: AgentConfig, config: Pick<Config, 'handoff'>): CallableAgent['handoff'] {
  const { kind = 'desk', queue = '', route = '' } = handoffDefaults(agent.handoff, config);
  return { kind, queue, route };
}

/** What a speech-to-speech model is told: what its chat sibling is told, where that is a model too. */
function instructionsOf({ chat, name }: AgentConfig): string {
  const common = `You are ${name}, on the telephone. Speak briefly and naturally.`;
  return chat.provider === 'llm' ? `${chat.instructions}\n\n${common}` : common;
}
