// Which web pages may use the API from a browser: those on hosts that a connector is registered for.
// Source: messaging spec, section 1.1. No cookies are involved, so credentials are never allowed.
import type { FastifyInstance } from 'fastify';
import { hostMatches } from '../identity/index.ts';
import type { Connectors } from '../identity/index.ts';
import { correlationHeader } from './correlation-id.ts';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': `Content-Type, Authorization, X-Token, X-Host, ${correlationHeader}`,
  'access-control-max-age': '600',
};

/** Answers preflights below `/api/`, and marks every answer there, errors too, as readable by the page that asked. */
export function addCors(app: FastifyInstance, connectors: Pick<Connectors, 'list'>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !(await isRegistered(origin, connectors))) return;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': `Retry-After, ${correlationHeader}`,
    });
  });
  app.options('/api/*', (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
}

async function isRegistered(origin: string, connectors: Pick<Connectors, 'list'>): Promise<boolean> {
  const known = await connectors.list();
  return known.some(({ hosts }) =>
    hostMatches(
      origin,
      hosts.filter(({ kind }) => kind === 'domain'),
    ),
  );
}
