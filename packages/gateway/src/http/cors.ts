// Which web pages may use the API from a browser: those on hosts that a connector is registered for.
// Source: messaging spec, section 1.1. No cookies are involved, so credentials are never allowed. Any page may ask for
// ICE servers (voice spec, section 6.1): it shows a token, and connectors that check origins do so there.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hostMatches } from '../identity/index.ts';
import type { Connectors } from '../identity/index.ts';
import { correlationHeader } from './correlation-id.ts';

const OPEN_PATH = '/api/v1/ice-servers';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': `Accept, Content-Type, Authorization, X-Token, X-Host, ${correlationHeader}`,
  'access-control-max-age': '600',
};

/** Answers preflights below `/api/`, and marks every answer there, errors too, as readable by the page that asked. */
export function addCors(app: FastifyInstance, connectors: Pick<Connectors, 'list'>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    void reply.header('vary', 'Origin');
    const allowed = await allowedOrigin(request, connectors);
    if (allowed === undefined) return;
    void reply.headers({
      'access-control-allow-origin': allowed,
      'access-control-expose-headers': `Retry-After, ${correlationHeader}`,
    });
  });
  app.options('/api/*', (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
}

async function allowedOrigin(
  { url, headers: { origin } }: FastifyRequest,
  connectors: Pick<Connectors, 'list'>,
): Promise<string | undefined> {
  if (url.split('?', 1)[0] === OPEN_PATH) return '*';
  return origin !== undefined && (await isRegistered(origin, connectors)) ? origin : undefined;
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
