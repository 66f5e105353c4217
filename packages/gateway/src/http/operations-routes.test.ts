import type { Readiness } from '@parley/protocol';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { addOperationsRoutes } from './operations-routes.ts';

function appThatIs(status: Readiness['status'], activeCalls = 0) {
  const app = fastify();
  const metrics = { contentType: 'text/plain', text: async () => 'metrics' };
  addOperationsRoutes(app, { activeCalls: () => activeCalls, readiness: () => status, metrics });
  return app;
}

describe('/ready', () => {
  it.each<[Readiness['status'], number]>([
    ['ready', 200],
    ['starting', 503],
    ['draining', 503],
  ])('says of a process that is %s: %d', async (status, expected) => {
    const answer = await appThatIs(status).inject('/ready');
    expect([answer.statusCode, answer.json()]).toEqual([expected, { status }]);
  });
});

describe('/health', () => {
  it('counts calls, and is well as long as the process serves', async () => {
    const answer = await appThatIs('draining', 3).inject('/health');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'healthy', activeSessions: 3 }]);
  });
});
