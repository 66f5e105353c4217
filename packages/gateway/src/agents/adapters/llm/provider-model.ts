// A model by way of one of the AI SDK's providers.
import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Model } from './model.ts';

/** Makes a model from a provider's. */
export function providerModel(model: LanguageModelV4): Model {
  return {
    async ask(options, listener) {
      const { stream } = await model.doStream(options);
      listener.onAccepted();
      for await (const part of stream) listener.onPart(part);
    },
  };
}
