// A server of the Model Context Protocol over streamable HTTP (revision 2025-06-18), as far as tests need it.
import type { ServerResponse } from 'node:http';
import { type Answer, type Asked, type LocalServer, localServer } from './local-server.ts';

/** Does what a tool does. */
export type Call = (input: Record<string, unknown>) => unknown;

/** A tool of the server. */
export interface ServedTool {
  name: string;
  description: string;
  inputSchema: object;
}

/** Starts a server whose tools all do `call`; throwing is the tool's way to fail, null never answers. */
export function mcpServer(tools: readonly ServedTool[], call: Call): Promise<LocalServer> {
  const results: Record<string, (params: Record<string, unknown>) => unknown> = {
    initialize: () => ({
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'shop', version: '1' },
    }),
    'tools/list': () => ({ tools }),
    'tools/call': (params) => call((params['arguments'] ?? {}) as Record<string, unknown>),
  };

  const serve: Answer = (response, asked) => {
    if (asked.method !== 'POST') return void response.writeHead(asked.method === 'DELETE' ? 200 : 405).end();
    const { id, method, params = {} } = messageIn(asked);
    if (id === undefined) return void response.writeHead(202).end();
    const result = results[method];
    if (!result) return reply(response, { jsonrpc: '2.0', id, error: { code: -32601, message: 'no such method' } });
    const outcome = result(params);
    if (outcome !== null) reply(response, { jsonrpc: '2.0', id, result: outcome });
  };
  return localServer(serve);
}

/** A text as the result of a tool. */
export function textResult(text: string): object {
  return { content: [{ type: 'text', text }] };
}

/** The messages of a method that a server got. */
export function messagesOf(server: LocalServer, method: string): Message[] {
  return server.asked
    .filter(({ body }) => body !== '')
    .map(messageIn)
    .filter((message) => message.method === method);
}

interface Message {
  id?: number;
  method: string;
  params?: Record<string, unknown>;
}

function messageIn(asked: Asked): Message {
  return JSON.parse(asked.body) as Message;
}

function reply(response: ServerResponse, message: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 's1' }).end(JSON.stringify(message));
}
