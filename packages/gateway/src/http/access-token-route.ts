// `POST /api/v1/access-token`: a connector token and a host become an access token (messaging spec, section 1.2).
import type { IncomingMessage } from 'node:http';
import { decodeAccessTokenRequest, encodeAccessTokenAnswer } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';
import { hostMatches, originMatches } from '../identity/index.ts';
import type { AccessTokens, Connector, Connectors, RateLimit } from '../identity/index.ts';
import { guardRate } from './rate-guard.ts';
import { readBody } from './read-body.ts';
import { RequestFailure } from './request-failure.ts';

export interface AccessTokenParts {
  connectors: Pick<Connectors, 'byToken'>;
  accessTokens: Pick<AccessTokens, 'issue'>;
  /** Per connector and address. */
  tokenLimit: RateLimit;
  addressOf: (request: IncomingMessage) => string;
}

/** Adds the route. */
export function addAccessTokenRoute(app: FastifyInstance, parts: AccessTokenParts): void {
  app.post('/api/v1/access-token', { config: { fallback: 'accessTokenFailed' } }, async ({ raw }, reply) => {
    const connector = await presentedConnector(raw, parts);
    if (decodeAccessTokenRequest(await readBody(raw)) === 'invalid') throw new RequestFailure('unparsableRequest');
    guardRate(parts.tokenLimit, `${connector.id} ${parts.addressOf(raw)}`);
    const { accessToken, expiresIn } = await parts.accessTokens.issue(connector);
    void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    return encodeAccessTokenAnswer({ accessToken, expiresIn, tokenType: 'Bearer' });
  });
}

async function presentedConnector({ headers }: IncomingMessage, parts: AccessTokenParts): Promise<Connector> {
  const token = headerText(headers['x-token']);
  const host = headerText(headers['x-host']);
  if (!token || !host) throw new RequestFailure('missingAuthenticationHeaders');
  const connector = await parts.connectors.byToken(token);
  if (!connector) throw new RequestFailure('unknownConnector');
  if (connector.hosts.length === 0) throw new RequestFailure('connectorWithoutHost');
  if (!hostMatches(host, connector.hosts) || !originMatches(headers.origin, connector)) {
    throw new RequestFailure('hostMismatch');
  }
  return connector;
}

function headerText(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
