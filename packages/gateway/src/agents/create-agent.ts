// Makes the agent that a configuration describes.
import { createLlmAgent } from './adapters/llm/llm-agent.ts';
import { loadScript } from './adapters/script/load-script.ts';
import { createScriptAgent } from './adapters/script/script-agent.ts';
import { createWebhookAgent } from './adapters/webhook/webhook-agent.ts';
import type { AgentOptions, AgentParts, ClosableAgent } from './agent-options.ts';

const demoScript = new URL('./demo/ada.yaml', import.meta.url);

/**
 * Makes an agent. A script is read at once; connections are made when they are needed.
 * Throws `ScriptError` or `AgentOptionsError`, whose messages are for the operator.
 */
export function createAgent(options: AgentOptions, parts: AgentParts): ClosableAgent {
  switch (options.provider) {
    case 'script': {
      const script = loadScript('file' in options ? options.file : demoScript);
      const phrases = script.intents.flatMap(({ contains }) => contains ?? []);
      return { ...createScriptAgent(script, parts), phrases, close: async () => {} };
    }
    case 'llm':
      return createLlmAgent(options, parts);
    case 'webhook':
      return createWebhookAgent(options, parts);
  }
}
