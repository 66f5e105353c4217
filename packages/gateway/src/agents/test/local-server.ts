// An HTTP server on loopback that plays whatever an agent asks over the network.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that came in, its body read. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

/** A server and what it was asked so far. */
export interface LocalServer {
  url: string;
  asked: readonly Asked[];
  /** Resolves when the client of the `index`th request has hung up or the answer is over. */
  closed(index: number): Promise<void>;
}

/** Starts a server on a free port for the running test; the nth request gets the nth answer, the last one for ever. */
export async function localServer(...answers: [Answer, ...Answer[]]): Promise<LocalServer> {
  const asked: Asked[] = [];
  const closed: Promise<void>[] = [];
  const server = createServer((request, response) => {
    const index = closed.push(new Promise((resolve) => response.on('close', resolve))) - 1;
    void read(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const one: Asked = { method, path: url, headers, body };
      asked.push(one);
      (answers[index] ?? answers.at(-1))?.(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, closed: async (index) => closed[index] };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const fragment of request.setEncoding('utf8')) body += fragment;
  return body;
}

/** Answers with a status, headers and a body. */
export function says(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Answers with JSON. */
export function saysJson(body: unknown, status = 200): Answer {
  return says(status, JSON.stringify(body), { 'content-type': 'application/json' });
}

/** Answers with server-sent events, one for each of `data`, and then as `ending` has it. */
export function streams(data: readonly unknown[], ending: 'ends' | 'breaks' | 'hangs' = 'ends'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const event of data) response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
    if (ending === 'ends') response.end();
    if (ending === 'breaks') setImmediate(() => response.destroy());
  };
}
