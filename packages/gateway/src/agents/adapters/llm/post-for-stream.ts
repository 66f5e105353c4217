// A request to a model's server whose answer is read as a stream, on Node's own HTTP client: a web stream costs more
// for each token than all else that is done with it.
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { APICallError } from '@ai-sdk/provider';
import { readJson } from './foreign-json.ts';

/** A question to post. */
interface Post {
  headers: Record<string, string>;
  /** Sent as JSON. */
  body: object;
  signal: AbortSignal | undefined;
}

/** As much of an error's text as is read; only its identifiers are asked for. */
const MAX_REFUSAL_CHARACTERS = 64 * 1024;

/**
 * Posts, and answers the response when its status is 2xx, before its body has come. Rejects with {@link APICallError},
 * which has the status, `Retry-After` and the error's JSON, for all else. Redirects aren't followed: the key goes where
 * the operator said, and nowhere else.
 */
export async function postForStream(url: string, { headers, body, signal }: Post): Promise<IncomingMessage> {
  const response = await send(url, { headers, body, signal });
  const { statusCode = 0, headers: answered } = response;
  if (statusCode >= 200 && statusCode < 300) return response;
  const retryAfter = answered['retry-after'];
  throw callError(url, {
    statusCode,
    data: await readRefusal(response),
    ...(retryAfter && { responseHeaders: { 'retry-after': retryAfter } }),
  });
}

function send(url: string, post: Post): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => reject(callError(url, { isRetryable: true, cause }));
    // A server that wants to speak another protocol closes without either.
    prepare(url, post).on('response', resolve).on('error', fail).on('close', fail).end(JSON.stringify(post.body));
  });
}

/** A request that is yet to be sent. Throws for an address or a key that can't be. */
function prepare(url: string, { headers, signal }: Post): ClientRequest {
  try {
    const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
    return request(url, {
      method: 'POST',
      headers: {
        'user-agent': 'parley',
        'content-type': 'application/json',
        // Tokens that are compressed wait for each other.
        'accept-encoding': 'identity',
        ...headers,
      },
      ...(signal && { signal }),
    });
  } catch (cause) {
    throw callError(url, { isRetryable: false, cause });
  }
}

/** The JSON of an error; undefined when it is none, or too much of it. */
async function readRefusal(response: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const fragment of response.setEncoding('utf8')) {
      text += fragment;
      if (text.length > MAX_REFUSAL_CHARACTERS) return undefined;
    }
  } catch {
    return undefined;
  }
  return readJson(text);
}

function callError(url: string, facts: Partial<ConstructorParameters<typeof APICallError>[0]>): APICallError {
  return new APICallError({ message: 'The call of the model failed', url, requestBodyValues: {}, ...facts });
}
