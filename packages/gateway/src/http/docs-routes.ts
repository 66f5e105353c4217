// The documents that describe the API to tools: OpenAPI for REST, AsyncAPI for the socket.
import { asyncApiDocument, openApiDocument } from '@parley/protocol';
import type { DocumentOptions } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';

/** Adds `/docs/openapi.json` and `/docs/asyncapi.json`. Where the server is reached is asked when it is known. */
export function addDocsRoutes(app: FastifyInstance, optionsOf: () => DocumentOptions): void {
  const documents = { openapi: openApiDocument, asyncapi: asyncApiDocument };
  for (const [name, documentOf] of Object.entries(documents)) {
    let text: string | undefined;
    app.get(`/docs/${name}.json`, (_request, reply) => {
      text ??= JSON.stringify(documentOf(optionsOf()));
      return reply.type('application/json; charset=utf-8').header('access-control-allow-origin', '*').send(text);
    });
  }
}
