// `GET /api/v1/ice-servers`: a token for calls becomes a list of STUN and TURN servers (voice spec, section 6.1).
import type { IncomingMessage } from 'node:http';
import { encodeIceServersAnswer, encodeIceServersError } from '@parley/protocol';
import type { IceServer } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';
import { originMatches } from '../identity/index.ts';
import type { CallTokens, Connector, RateLimit } from '../identity/index.ts';
import { guardRate } from './rate-guard.ts';
import { RequestFailure } from './request-failure.ts';
import { targetOf } from './request-target.ts';

export interface IceServersParts {
  callTokens: Pick<CallTokens, 'verify'>;
  /** Servers for calls of a connector, at least one, with fresh credentials. */
  iceServersFor(connector: Connector): IceServer[];
  /** Per connector and address. */
  iceServersLimit: RateLimit;
  addressOf: (request: IncomingMessage) => string;
}

/** Adds the route. */
export function addIceServersRoute(app: FastifyInstance, parts: IceServersParts): void {
  app.get('/api/v1/ice-servers', { config: { encodeError: encodeIceServersError } }, async ({ raw }, reply) => {
    void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    const connector = await connectorOf(raw, parts);
    guardRate(parts.iceServersLimit, `${connector.id} ${parts.addressOf(raw)}`);
    return encodeIceServersAnswer({ iceServers: parts.iceServersFor(connector) });
  });
}

async function connectorOf(request: IncomingMessage, { callTokens }: IceServersParts): Promise<Connector> {
  const token = presentedToken(request);
  const verified = token ? await callTokens.verify(token) : undefined;
  if (!verified) throw new RequestFailure('invalidAuthToken');
  const { connector, kind } = verified;
  // The desk's pages are the server's own.
  const fromKnownPage = kind === 'desk' || originMatches(request.headers.origin, connector);
  if (!fromKnownPage) throw new RequestFailure('invalidAuthToken');
  return connector;
}

/** The bearer token, which wins, or the one in the query. */
function presentedToken(request: IncomingMessage): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? targetOf(request).query.get('token');
}
