// One question to a language model: asked again when it is refused, until the first token of the answer has come.
import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Log } from '../../../kit/index.ts';
import { type RetryAdvice, withRetries } from '../../with-retries.ts';
import { ModelAnswer, type TextListener } from './model-answer.ts';
import { ModelFailure, modelFailure } from './model-failure.ts';
import type { Model } from './model.ts';

/** Who hears an answer while it comes. */
interface AnswerListener extends TextListener {
  /** The model has taken the question, but said nothing yet. */
  onAccepted(): void;
  /** The first token is there, of text or anything else. */
  onBegun(): void;
}

interface Question extends Omit<Parameters<typeof withRetries>[1], 'advice'> {
  model: Model;
  options: LanguageModelV4CallOptions;
  listener: AnswerListener;
  log: Log;
}

const preamble: ReadonlySet<string> = new Set(['stream-start', 'response-metadata', 'text-start', 'reasoning-start']);

/** Asks a model and listens to the end. Throws {@link ModelFailure}. */
export async function askModel({ model, options, listener, log, ...retries }: Question): Promise<ModelAnswer> {
  let begun = false;

  async function ask(): Promise<ModelAnswer> {
    const answer = new ModelAnswer(listener);

    function onPart(part: LanguageModelV4StreamPart): void {
      if (part.type === 'stream-start' && part.warnings.length > 0) {
        log.debug({ warnings: part.warnings }, "The model doesn't take everything it was given");
      }
      answer.take(part);
      if (begun || preamble.has(part.type)) return;
      begun = true;
      listener.onBegun();
    }

    try {
      await model.ask(options, { onAccepted: () => listener.onAccepted(), onPart });
    } catch (error) {
      throw modelFailure(error);
    }
    return answer;
  }

  function advice(error: unknown): RetryAdvice {
    return !begun && error instanceof ModelFailure ? error.advice : { retry: false };
  }

  return withRetries(ask, { ...retries, advice });
}
