// A model on any server that speaks the chat-completions protocol. The AI SDK's provider writes the question; the
// answer is read here, token by token from the socket: the provider sends each one through four web streams, which
// at 200 answers at once is more than half of all the gateway's work.
import type { IncomingMessage } from 'node:http';
import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import { createParser } from 'eventsource-parser';
import { CompletionReader } from './completion-reader.ts';
import type { Model } from './model.ts';
import { postForStream } from './post-for-stream.ts';

/** Where a server is, and what its model is called there. */
export interface Endpoint {
  model: string;
  baseUrl: string;
  apiKey: string | undefined;
}

/** The end of a stream. Some servers keep the connection open after it. */
const DONE = '[DONE]';

/** Makes the model. */
export function chatCompletionsModel({ model, baseUrl, apiKey }: Endpoint): Model {
  const url = `${baseUrl.replace(/\/$/, '')}/chat/completions`;
  const authorization = apiKey && { authorization: `Bearer ${apiKey}` };
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
        headers: { accept: 'text/event-stream', ...authorization },
        body: { ...body, stream: true },
        signal: options.abortSignal,
      });
      listener.onAccepted();
      const reader = new CompletionReader((part) => listener.onPart(part));
      await readEvents(response, (data) => reader.take(data));
      reader.end();
    },
  };
}

/** Passes the data of server-sent events on, in the turn of the event loop in which they come. */
function readEvents(response: IncomingMessage, take: (data: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = createParser({
      onEvent({ data }) {
        if (data === DONE) finish();
        else take(data);
      },
    });
    function finish(): void {
      response.removeAllListeners('data').resume();
      resolve();
    }
    function fail(error: Error): void {
      response.destroy();
      reject(error);
    }
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      try {
        parser.feed(text);
      } catch (error) {
        fail(error as Error);
      }
    });
    response.on('end', resolve);
    response.on('error', fail);
  });
}
