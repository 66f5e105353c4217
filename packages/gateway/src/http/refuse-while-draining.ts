// A process that is going answers what operators ask, and sends everybody else away.
import type { FastifyInstance } from 'fastify';
import { RequestFailure } from './request-failure.ts';

/** Refuses requests while the process drains, and closes connections after their answers. */
export function refuseWhileDraining(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onRequest', async ({ routeOptions }) => {
    if (isDraining() && !routeOptions.config.answersWhileDraining) throw new RequestFailure('unavailable');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining()) void reply.header('connection', 'close');
  });
}
