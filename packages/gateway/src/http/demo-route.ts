// `/demo/config.json`: what the demo page must know to talk to the demo agent. Development only.
import type { FastifyInstance } from 'fastify';

/** The demo connector's tokens, and the name of its agent. */
export interface Demo {
  token: string;
  /** What calls are made with. */
  webCallingToken: string;
  agentName: string;
}

/** Adds the route. */
export function addDemoRoute(app: FastifyInstance, { token, webCallingToken, agentName }: Demo): void {
  app.get('/demo/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ token, webCallingToken, baseUrl: '', agentName }),
  );
}
