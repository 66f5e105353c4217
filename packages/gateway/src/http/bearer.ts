// The bearer token of a request: whose it is, or why there is none.
import type { IncomingHttpHeaders } from 'node:http';
import { originMatches } from '../identity/index.ts';
import type { AccessTokens, Connector, Connectors } from '../identity/index.ts';
import { RequestFailure } from './request-failure.ts';

/** Who asks: the user of the token, and the connector that gave it out. */
export interface Bearer {
  subject: string;
  connector: Connector;
}

/** Verifies the `Authorization` header. Throws a {@link RequestFailure}, in the order of messaging spec 1.3. */
export async function bearerOf(
  headers: IncomingHttpHeaders,
  { accessTokens, connectors }: { accessTokens: Pick<AccessTokens, 'verify'>; connectors: Pick<Connectors, 'byId'> },
): Promise<Bearer> {
  const { authorization, origin } = headers;
  if (authorization === undefined) throw new RequestFailure('missingAccessToken');
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw new RequestFailure('missingAuthenticationHeaders');
  const grant = await accessTokens.verify(token);
  const connector = grant && (await connectors.byId(grant.connectorId));
  if (!grant || !connector || !originMatches(origin, connector)) throw new RequestFailure('invalidAccessToken');
  return { subject: grant.subject, connector };
}
