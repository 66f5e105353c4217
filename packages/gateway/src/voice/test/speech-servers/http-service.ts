// An HTTP server on loopback that plays a speech service: each request gets the next of the answers, the last one for
// ever.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that came in, its body read. */
export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Answers one request. */
export type Answer = (response: ServerResponse) => void;

export interface HttpService {
  url: string;
  asked: readonly Asked[];
  /** Resolves when the client of the `index`th request has hung up or the answer is over. */
  closed(index: number): Promise<void>;
}

/** Starts a server for the running test. */
export async function httpService(...answers: [Answer, ...Answer[]]): Promise<HttpService> {
  const asked: Asked[] = [];
  const closed: Promise<void>[] = [];
  const server = createServer((request, response) => {
    const index = closed.push(new Promise((resolve) => response.on('close', resolve))) - 1;
    void bodyOf(request).then((body) => {
      asked.push({ path: request.url ?? '', headers: request.headers, body });
      (answers[index] ?? answers.at(-1))?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, asked, closed: async (index) => closed[index] };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers with a status and a body. */
export function says(status: number, body = '', contentType = 'text/plain'): Answer {
  return (response) => response.writeHead(status, { 'content-type': contentType }).end(body);
}

/** Answers with chunks of bytes, each in a packet of its own, and then as `ending` has it. */
export function sends(chunks: readonly Uint8Array[], ending: 'ends' | 'breaks' | 'hangs' = 'ends'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'audio/pcm' });
    response.flushHeaders();
    const next = (index: number): void => {
      const chunk = chunks[index];
      if (chunk) response.write(chunk, () => setImmediate(() => next(index + 1)));
      else if (ending === 'ends') response.end();
      else if (ending === 'breaks') response.destroy();
    };
    next(0);
  };
}

/** Never answers. */
export const isSilent: Answer = () => {};

/** Takes the request and hangs up. */
export const hangsUp: Answer = (response) => response.destroy();

/** Answers with server-sent events. */
export function streamsEvents(events: readonly object[], ending: 'ends' | 'breaks' = 'ends'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    if (ending === 'ends') response.end();
    else setImmediate(() => response.destroy());
  };
}
