import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { systemTimers } from '../../../kit/index.ts';
import { delta, speaks } from '../../test/chat-completions.ts';
import { localServer, says, streams, type Answer } from '../../test/local-server.ts';
import { chatCompletionsModel } from './chat-completions-model.ts';

const hello = delta({ content: 'Hello' });
const stop = delta({}, 'stop');

/** What is heard of a model's answer, its text put together. */
async function hear(baseUrl: string, signal?: AbortSignal, apiKey = 'key-1'): Promise<string> {
  const parts: LanguageModelV4StreamPart[] = [];
  await chatCompletionsModel({ model: 'tiny', baseUrl, apiKey }, systemTimers).ask(
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

  it('leaves its connection to the next question, though its end comes after the last event', async () => {
    const ports = new Set<number | undefined>();
    const server = await localServer((response) => {
      ports.add(response.socket?.remotePort);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of [hello, stop]) response.write(`data: ${JSON.stringify(event)}\n\n`);
      response.write('data: [DONE]\n\n', () => setImmediate(() => response.end()));
    });
    for (let turn = 0; turn < 3; turn += 1) {
      const over = new AbortController();
      await hear(server.url, over.signal);
      over.abort();
      await server.closed(turn);
    }
    expect(ports.size).toBe(1);
  });

  it('is over with its last event, whatever comes after that', async () => {
    const stream = `data: ${JSON.stringify(hello)}\n\ndata: ${JSON.stringify(stop)}\n\ndata: [DONE]\n\n`;
    const more = `data: ${JSON.stringify(hello)}\n\n`;
    const server = await localServer(says(200, stream + more, { 'content-type': 'text/event-stream' }));
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

it('is asked as the operator meant it, in spite of white space and capitals', async () => {
  const server = await localServer(speaks('Hi'));
  expect(await hear(` ${server.url.replace('http:', 'HTTP:')}`, undefined, 'key-1\n')).toBe('Hi');
  expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer key-1', 'user-agent': 'parley' });
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

describe('a failure', () => {
  it('for good is an address or a key that can’t be sent', async () => {
    await expect(hear('ftp://127.0.0.1')).rejects.toMatchObject({ isRetryable: false });
    await expect(hear('http://127.0.0.1:9', undefined, 'key\u0000')).rejects.toMatchObject({ isRetryable: false });
  });

  it('that may pass is a server that wants to speak another protocol', async () => {
    const server = await localServer((response) => {
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n');
    });
    await expect(hear(server.url)).rejects.toMatchObject({ isRetryable: true });
  });
});

it('is hung up on when whoever hears it fails', async () => {
  const server = await localServer(streams([hello], 'hangs'));
  const model = chatCompletionsModel({ model: 'tiny', baseUrl: server.url, apiKey: undefined }, systemTimers);
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }];
  const listener = {
    onAccepted() {
      throw new Error('no ears');
    },
    onPart() {},
  };
  await expect(model.ask({ prompt }, listener)).rejects.toThrow('no ears');
  await server.closed(0);
});

it('is not asked when nobody wants to know any more', async () => {
  const server = await localServer(speaks('Hi'));
  await expect(hear(server.url, AbortSignal.abort())).rejects.toThrow();
  expect(server.asked).toEqual([]);
});
