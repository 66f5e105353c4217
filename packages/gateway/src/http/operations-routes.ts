// What operators and their tools ask: is it alive, does it take work, how is it doing.
import { encodeHealth, encodeReadiness } from '@parley/protocol';
import type { Readiness } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';

export interface OperationsParts {
  /** Calls in progress. */
  activeCalls: () => number;
  readiness: () => Readiness['status'];
  metrics: { readonly contentType: string; text(): Promise<string> };
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Adds `/health`, `/ready` and `/metrics`. */
export function addOperationsRoutes(app: FastifyInstance, { activeCalls, readiness, metrics }: OperationsParts): void {
  const config = { answersWhileDraining: true };
  app.get('/health', { config }, (_request, reply) =>
    reply.type(JSON_TYPE).send(encodeHealth({ status: 'healthy', activeSessions: activeCalls() })),
  );
  app.get('/ready', { config }, (_request, reply) => {
    const status = readiness();
    return reply
      .code(status === 'ready' ? 200 : 503)
      .type(JSON_TYPE)
      .send(encodeReadiness({ status }));
  });
  app.get('/metrics', { config }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
