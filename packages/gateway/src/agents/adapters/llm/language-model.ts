// Which vendor's model an agent speaks to.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { AgentOptionsError, type AgentParts, type LlmOptions } from '../../agent-options.ts';
import { chatCompletionsModel } from './chat-completions-model.ts';
import type { Model } from './model.ts';
import { providerModel } from './provider-model.ts';

/** Makes the model that `options` name. Throws {@link AgentOptionsError}. */
export function languageModel(options: LlmOptions, { timers, fetch }: Pick<AgentParts, 'timers' | 'fetch'>): Model {
  const [, provider, model] = /^([^/]+)\/(.+)$/s.exec(options.model) ?? [];
  if (!provider || !model) throw new AgentOptionsError(`model "${options.model}": must be <provider>/<model>`);
  const { baseUrl, apiKey } = options;
  const vendor = fetch && { fetch };
  switch (provider) {
    case 'openai':
      // An address of one's own means any server that speaks chat completions, with or without a key.
      if (baseUrl) return chatCompletionsModel({ model, baseUrl, apiKey }, timers);
      return providerModel(createOpenAI({ apiKey: required(options), ...vendor })(model));
    case 'compatible':
      if (!baseUrl) throw new AgentOptionsError(`model "${options.model}": needs a baseUrl`);
      return chatCompletionsModel({ model, baseUrl, apiKey }, timers);
    case 'anthropic':
      return providerModel(
        createAnthropic({ apiKey: required(options), ...vendor, ...(baseUrl && { baseURL: baseUrl }) })(model),
      );
    case 'google':
      return providerModel(
        createGoogleGenerativeAI({ apiKey: required(options), ...vendor, ...(baseUrl && { baseURL: baseUrl }) })(model),
      );
    default:
      throw new AgentOptionsError(
        `model "${options.model}": the provider must be openai, anthropic, google or compatible`,
      );
  }
}

function required({ model, apiKey }: LlmOptions): string {
  if (!apiKey) throw new AgentOptionsError(`model "${model}": needs an apiKey`);
  return apiKey;
}
