import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { delta, speaks } from '../../test/chat-completions.ts';
import { localServer, says, type Answer } from '../../test/local-server.ts';
import { chatCompletionsModel } from './chat-completions-model.ts';

const hello = delta({ content: 'Hello' });
const stop = delta({}, 'stop');

/** What is heard of a model's answer, its text put together. */
async function hear(baseUrl: string, signal?: AbortSignal): Promise<string> {
  const parts: LanguageModelV4StreamPart[] = [];
  await chatCompletionsModel({ model: 'tiny', baseUrl, apiKey: 'key-1' }).ask(
    { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], ...(signal && { abortSignal: signal }) },
    { onAccepted() {}, onPart: (part) => parts.push(part) },
  );
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
}

/** Sends a stream byte by byte. */
function byteByByte(...events: object[]): Answer {
  const bytes = Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join(''));
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    function send(index: number): void {
      if (index === bytes.length) response.end();
      else response.write(bytes.subarray(index, index + 1), () => send(index + 1));
    }
    send(0);
  };
}

describe('an answer', () => {
  it('may come in fragments that cut characters', async () => {
    const server = await localServer(byteByByte(delta({ content: 'Grüße 🍵' }), stop));
    expect(await hear(server.url)).toBe('Grüße 🍵');
  });

  it('is over when the server says so, even if it keeps the connection', async () => {
    const server = await localServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of [hello, stop]) response.write(`data: ${JSON.stringify(event)}\n\n`);
      response.write('data: [DONE]\n\n');
    });
    expect(await hear(server.url)).toBe('Hello');
  });

  it('may have comments between its events, as proxies send them to keep a connection', async () => {
    const stream = `: wait\n\ndata: ${JSON.stringify(hello)}\n\n: wait\n\ndata: ${JSON.stringify(stop)}\n\n`;
    const server = await localServer(says(200, stream, { 'content-type': 'text/event-stream' }));
    expect(await hear(server.url)).toBe('Hello');
  });
});

it('is asked at the address, whether that ends with a slash or not', async () => {
  const server = await localServer(speaks('Hi'));
  await hear(`${server.url}/v1/`);
  await hear(`${server.url}/v1`);
  expect(server.asked.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
});

describe('a refusal', () => {
  it('carries what was said of it, and when to come back', async () => {
    const body = JSON.stringify({ error: { code: 'rate_limit_exceeded' } });
    const server = await localServer(says(429, body, { 'retry-after': '7' }));
    await expect(hear(server.url)).rejects.toMatchObject({
      statusCode: 429,
      isRetryable: true,
      responseHeaders: { 'retry-after': '7' },
      data: { error: { code: 'rate_limit_exceeded' } },
    });
  });

  it('may be a long page, of which little is read', async () => {
    const server = await localServer(says(502, '<p>'.repeat(1_000_000)));
    await expect(hear(server.url)).rejects.toMatchObject({ statusCode: 502, isRetryable: true, data: undefined });
  });

  it('is also a redirect: the key is not carried on', async () => {
    const elsewhere = await localServer(speaks('Hi'));
    const server = await localServer(says(307, '', { location: elsewhere.url }));
    await expect(hear(server.url)).rejects.toMatchObject({ statusCode: 307, isRetryable: false });
    expect(elsewhere.asked).toEqual([]);
  });
});

it('is not asked when nobody wants to know any more', async () => {
  const server = await localServer(speaks('Hi'));
  await expect(hear(server.url, AbortSignal.abort())).rejects.toThrow();
  expect(server.asked).toEqual([]);
});
