// A model on any server that speaks the chat-completions protocol. The AI SDK's provider writes the question; the
// answer is read here, token by token from the socket: the provider sends each one through four web streams, which
// at 200 answers at once is more than half of all the gateway's work.
import type { IncomingMessage } from 'node:http';
import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import { createParser } from 'eventsource-parser';
import type { Timers } from '../../../kit/index.ts';
import { CompletionReader } from './completion-reader.ts';
import type { Model } from './model.ts';
import { postForStream } from './post-for-stream.ts';

/** Where a server is, and what its model is called there. */
export interface Endpoint {
  model: string;
  baseUrl: string;
  apiKey: string | undefined;
}

/** What the last event of a stream says. */
const DONE = '[DONE]';
/** So long a connection is kept for the next question although the server doesn't end its answer. */
const END_PATIENCE_MS = 250;

/** Makes the model. An answer that ends without a reason to end is a failure. */
export function chatCompletionsModel({ model, baseUrl, apiKey }: Endpoint, timers: Timers): Model {
  const url = `${baseUrl.trim().replace(/\/$/, '')}/chat/completions`;
  const authorization = apiKey && { authorization: `Bearer ${apiKey.trim()}` };
  const writer = new OpenAICompatibleChatLanguageModel(model, {
    provider: 'compatible.chat',
    url: () => url,
    headers: () => ({}),
  });
  return {
    async ask(options, listener) {
      const { body, warnings } = await writer.prepareRequest(options);
      listener.onPart({ type: 'stream-start', warnings });
      const response = await postForStream(url, {
        headers: { accept: 'text/event-stream, application/json', ...authorization },
        body: { ...body, stream: true },
        signal: options.abortSignal,
      });
      const reader = new CompletionReader((part) => listener.onPart(part));
      try {
        listener.onAccepted();
        await readEvents(response, (data) => reader.take(data), timers);
        reader.end();
      } catch (error) {
        response.destroy();
        throw error;
      }
    },
  };
}

/**
 * Passes the data of server-sent events on, in the turn of the event loop in which they come. Resolves when the
 * response has ended, or soon after the last event: a connection that is let go before its end can't be used again.
 */
function readEvents(response: IncomingMessage, take: (data: string) => void, timers: Timers): Promise<void> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const parser = createParser({
      onEvent({ data }) {
        if (isDone) return;
        if (data === DONE) finish();
        else take(data);
      },
    });
    function finish(): void {
      isDone = true;
      const patience = timers.after(END_PATIENCE_MS, () => {
        response.destroy();
        resolve();
      });
      response.on('close', () => patience.cancel());
    }
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      try {
        parser.feed(text);
      } catch (error) {
        reject(error as Error);
      }
    });
    response.on('end', resolve);
    // What becomes of the connection after the last event is of no interest.
    response.on('error', (error) => (isDone ? resolve() : reject(error)));
  });
}
