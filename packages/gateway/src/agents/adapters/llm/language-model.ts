// Which vendor's model an agent speaks to.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { AgentOptionsError, type LlmOptions } from '../../agent-options.ts';

/** Makes the model that `options` name. Throws {@link AgentOptionsError}. */
export function languageModel(options: LlmOptions, fetch: typeof globalThis.fetch): LanguageModelV4 {
  const [, provider, name] = /^([^/]+)\/(.+)$/s.exec(options.model) ?? [];
  if (!provider || !name) throw new AgentOptionsError(`model "${options.model}": must be <provider>/<model>`);
  const { baseUrl, apiKey } = options;
  switch (provider) {
    case 'openai':
      // An address of one's own means any server that speaks chat completions, with or without a key.
      if (baseUrl) return compatible(name, { baseUrl, apiKey, fetch });
      return createOpenAI({ apiKey: required(options), fetch })(name);
    case 'compatible':
      if (!baseUrl) throw new AgentOptionsError(`model "${options.model}": needs a baseUrl`);
      return compatible(name, { baseUrl, apiKey, fetch });
    case 'anthropic':
      return createAnthropic({ apiKey: required(options), fetch, ...(baseUrl && { baseURL: baseUrl }) })(name);
    case 'google':
      return createGoogleGenerativeAI({ apiKey: required(options), fetch, ...(baseUrl && { baseURL: baseUrl }) })(name);
    default:
      throw new AgentOptionsError(
        `model "${options.model}": the provider must be openai, anthropic, google or compatible`,
      );
  }
}

interface Endpoint {
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
}

function compatible(model: string, { baseUrl, apiKey, fetch }: Endpoint): LanguageModelV4 {
  return createOpenAICompatible({ name: 'compatible', baseURL: baseUrl, fetch, ...(apiKey && { apiKey }) })(model);
}

function required({ model, apiKey }: LlmOptions): string {
  if (!apiKey) throw new AgentOptionsError(`model "${model}": needs an apiKey`);
  return apiKey;
}
