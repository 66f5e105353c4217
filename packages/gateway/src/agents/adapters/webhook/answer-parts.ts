// The parts of a reply from the answer of a webhook, as they come.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { AgentError } from '../../ports/chat-agent.ts';
import type { ReplyPart } from '../../reply-part.ts';
import { readAnswer, readPart } from './webhook-wire.ts';

/** Reads an answer, JSON or server-sent events. Throws {@link AgentError} `broken` for anything else. */
export async function* answerParts(response: Response, maxBytes: number): AsyncGenerator<ReplyPart> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (!response.body) return;
  const text = response.body.pipeThrough(limitBytes(maxBytes)).pipeThrough(new TextDecoderStream());
  try {
    if (type === 'text/event-stream') yield* eventParts(text);
    else if (type === 'application/json') yield* jsonParts(text);
    else throw new AgentError('broken', 'the webhook answered with neither JSON nor server-sent events');
  } catch (error) {
    throw error instanceof AgentError ? error : new AgentError('broken', 'the answer broke off', { cause: error });
  }
}

async function* jsonParts(text: ReadableStream<string>): AsyncGenerator<ReplyPart> {
  let body = '';
  for await (const fragment of text) body += fragment;
  const parts = readAnswer(body);
  if (!parts) throw new AgentError('broken', "the webhook's JSON isn't a reply");
  yield* parts;
}

async function* eventParts(text: ReadableStream<string>): AsyncGenerator<ReplyPart> {
  for await (const { data } of text.pipeThrough(new EventSourceParserStream())) {
    const part = readPart(data);
    if (!part) throw new AgentError('broken', "an event of the webhook isn't a part of a reply");
    yield part;
  }
}

function limitBytes(maxBytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(fragment, controller) {
      bytes += fragment.byteLength;
      if (bytes > maxBytes) controller.error(new AgentError('broken', `the answer is larger than ${maxBytes} bytes`));
      else controller.enqueue(fragment);
    },
  });
}
