// A model that is asked again when it refuses, until the first token of its answer has come.
import { type LanguageModelMiddleware, wrapLanguageModel } from 'ai';
import type { Log } from '../../../kit/index.ts';
import { type RetryAdvice, withRetries } from '../../with-retries.ts';
import type { Model } from './language-model.ts';
import { ModelFailure, modelFailure } from './model-failure.ts';

type WrapStream = NonNullable<LanguageModelMiddleware['wrapStream']>;
type StreamResult = Awaited<ReturnType<WrapStream>>;
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;

/** What surrounds the calls of a model in one turn. */
interface Patience extends Omit<Parameters<typeof withRetries>[1], 'advice'> {
  log: Log;
  /** The model has taken the work on, but said nothing yet. */
  onAccepted: () => void;
  /** The first token is there. */
  onFirstToken: () => void;
}

/** Wraps a model for one turn. Its failures are {@link ModelFailure}s. */
export function patientModel(model: Model, patience: Patience): Model {
  const { log, onAccepted, onFirstToken } = patience;

  async function ask(doStream: () => PromiseLike<StreamResult>): Promise<StreamResult> {
    try {
      const result = await doStream();
      onAccepted();
      const stream = await fromFirstToken(result.stream, log);
      onFirstToken();
      return { ...result, stream };
    } catch (error) {
      throw modelFailure(error);
    }
  }

  const wrapStream: WrapStream = ({ doStream }) => withRetries(() => ask(doStream), { ...patience, advice });
  return wrapLanguageModel({ model, middleware: { specificationVersion: 'v4', wrapStream } });
}

function advice(error: unknown): RetryAdvice {
  return error instanceof ModelFailure ? error.advice : { retry: false };
}

/** The same stream, once its first token is there. Throws an error that comes before. */
async function fromFirstToken(stream: ReadableStream<StreamPart>, log: Log): Promise<ReadableStream<StreamPart>> {
  const reader = stream.getReader();
  const preamble: StreamPart[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (value.type === 'error') {
      await reader.cancel();
      throw modelFailure(value.error);
    }
    preamble.push(value.type === 'stream-start' ? withoutWarnings(value, log) : value);
    if (value.type !== 'stream-start' && value.type !== 'response-metadata') break;
  }
  return new ReadableStream<StreamPart>({
    async pull(controller) {
      const early = preamble.shift();
      if (early) return controller.enqueue(early);
      const { done, value } = await reader.read();
      return done ? controller.close() : controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

// The SDK would print them.
function withoutWarnings(start: Extract<StreamPart, { type: 'stream-start' }>, log: Log): StreamPart {
  if (start.warnings.length > 0)
    log.debug({ warnings: start.warnings }, "The model doesn't take everything it was given");
  return { ...start, warnings: [] };
}
