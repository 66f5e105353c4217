// The routes of the Chat API (messaging spec, section 11): takes requests apart, puts answers on the wire.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ChatAnswer, ChatApi, ChatRequest } from '../chat-api/index.ts';
import type { CorrelationIdOf } from './correlation-id.ts';
import { readBody } from './read-body.ts';
import { targetOf } from './request-target.ts';

export interface ChatApiRouteParts {
  chatApi: ChatApi;
  correlationIdOf: CorrelationIdOf;
  addressOf: (request: IncomingMessage) => string;
}

const PROJECT = '/v1/:account/:project';

/** Adds the routes. */
export function addChatApiRoutes(
  app: FastifyInstance,
  { chatApi, correlationIdOf, addressOf }: ChatApiRouteParts,
): void {
  add('POST', '/chat/create', (request) => chatApi.create(request));
  add('POST', '/chat/respond', (request) => chatApi.respond(request));
  add('PUT', '/chat/close', (request) => chatApi.close(request));
  add('GET', '/handoff_state', (request) => chatApi.handoffState(request));

  function add(method: 'GET' | 'POST' | 'PUT', path: string, operation: (request: ChatRequest) => Promise<ChatAnswer>) {
    app.route<{ Params: { account: string; project: string } }>({
      method,
      url: `${PROJECT}${path}`,
      async handler({ raw, params }, reply) {
        const answer = await operation({
          accountId: params.account,
          projectId: params.project,
          apiKey: header(raw, 'x-api-key'),
          connectorToken: header(raw, 'x-token'),
          bodyText: await readBody(raw),
          query: targetOf(raw).query,
          correlationId: correlationIdOf(raw),
          clientAddress: addressOf(raw),
        });
        void reply.code(answer.status).type('application/json; charset=utf-8').header('cache-control', 'no-store');
        if (answer.retryAfterSeconds !== undefined) void reply.header('retry-after', answer.retryAfterSeconds);
        return answer.body;
      },
    });
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
