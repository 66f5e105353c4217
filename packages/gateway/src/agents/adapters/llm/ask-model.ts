// One question to a language model: asked again when it is refused, until the first token of the answer has come.
//
// This speaks to the providers of the AI SDK directly, without its `streamText`: that sends every token through a
// dozen more streams, which at 200 answers at once cost half as much time again and, in pauses of the garbage
// collector of 15 ms and more, the promptness of all the others.
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Log } from '../../../kit/index.ts';
import { type RetryAdvice, withRetries } from '../../with-retries.ts';
import { ModelAnswer, type TextListener } from './model-answer.ts';
import { ModelFailure, modelFailure } from './model-failure.ts';

/** Who hears an answer while it comes. */
interface AnswerListener extends TextListener {
  /** The model has taken the question, but said nothing yet. */
  onAccepted(): void;
  /** The first token is there, of text or anything else. */
  onBegun(): void;
}

interface Question extends Omit<Parameters<typeof withRetries>[1], 'advice'> {
  model: LanguageModelV4;
  options: LanguageModelV4CallOptions;
  listener: AnswerListener;
  log: Log;
}

/** The beginning of an answer, and where the rest comes from. */
interface Begun {
  early: LanguageModelV4StreamPart[];
  rest: ReadableStreamDefaultReader<LanguageModelV4StreamPart>;
}

const preamble: ReadonlySet<string> = new Set(['stream-start', 'response-metadata', 'text-start', 'reasoning-start']);

/** Asks a model and listens to the end. Throws {@link ModelFailure}. */
export async function askModel({ model, options, listener, log, ...retries }: Question): Promise<ModelAnswer> {
  async function begin(): Promise<Begun> {
    try {
      const { stream } = await model.doStream(options);
      listener.onAccepted();
      return await readFirstToken(stream, log);
    } catch (error) {
      throw modelFailure(error);
    }
  }

  const { early, rest } = await withRetries(begin, { ...retries, advice });
  listener.onBegun();
  const answer = new ModelAnswer(listener);
  for (const part of early) answer.take(part);
  try {
    for (let next = await rest.read(); !next.done; next = await rest.read()) answer.take(next.value);
  } catch (error) {
    throw modelFailure(error);
  }
  return answer;
}

function advice(error: unknown): RetryAdvice {
  return error instanceof ModelFailure ? error.advice : { retry: false };
}

async function readFirstToken(stream: ReadableStream<LanguageModelV4StreamPart>, log: Log): Promise<Begun> {
  const rest = stream.getReader();
  const early: LanguageModelV4StreamPart[] = [];
  for (let next = await rest.read(); !next.done; next = await rest.read()) {
    const part = next.value;
    if (part.type === 'error') throw modelFailure(part.error);
    if (part.type === 'stream-start' && part.warnings.length > 0) {
      log.debug({ warnings: part.warnings }, "The model doesn't take everything it was given");
    }
    early.push(part);
    if (!preamble.has(part.type)) break;
  }
  return { early, rest };
}
