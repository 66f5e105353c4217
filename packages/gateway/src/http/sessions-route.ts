// `POST /api/v1/sessions`: an access token becomes a session (messaging spec, section 1.3).
import { decodeSessionRequest, encodeSessionAnswer } from '@parley/protocol';
import type { Readiness } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';
import type { AccessTokens, Connectors, RateLimit } from '../identity/index.ts';
import type { NewId } from '../kit/index.ts';
import type { Sessions } from '../messaging/index.ts';
import { bearerOf } from './bearer.ts';
import { guardRate } from './rate-guard.ts';
import { readBody } from './read-body.ts';
import { RequestFailure } from './request-failure.ts';

/** Whatever device it comes from, agents see one channel (messaging spec, section 1.3). */
const CHANNEL = 'webchat.polyai';
const MAX_USER_AGENT_LENGTH = 256;

export interface SessionsRouteParts {
  connectors: Pick<Connectors, 'byId'>;
  accessTokens: Pick<AccessTokens, 'verify'>;
  sessions: Pick<Sessions, 'create'>;
  /** Per access token, by its user. */
  sessionsOfTokenLimit: RateLimit;
  /** Per connector. */
  sessionLimit: RateLimit;
  /** Whether there is such an agent. */
  hasAgent(agentId: string): boolean;
  readiness: () => Readiness['status'];
  newId: NewId;
}

/** Adds the route. */
export function addSessionsRoute(app: FastifyInstance, parts: SessionsRouteParts): void {
  app.post('/api/v1/sessions', { config: { fallback: 'sessionFailed' } }, async ({ raw }, reply) => {
    const { subject, connector } = await bearerOf(raw.headers, parts);
    const wanted = decodeSessionRequest(await readBody(raw));
    if (wanted === 'invalid') throw new RequestFailure('unparsableRequest');
    guardRate(parts.sessionsOfTokenLimit, subject);
    guardRate(parts.sessionLimit, connector.id);
    if (parts.readiness() === 'draining') throw new RequestFailure('unavailable');
    if (!parts.hasAgent(connector.agent)) throw new RequestFailure('noAgent');
    const session = await parts.sessions.create({
      connectorId: connector.id,
      account: connector.account,
      project: connector.project,
      agentId: connector.agent,
      variantId: null,
      subject,
      door: 'messaging',
      channel: CHANNEL,
      streaming: wanted.streamingEnabled,
      platform: wanted.platform,
      deviceType: wanted.deviceType,
      userAgent: raw.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
      contextId: connector.contextKeys?.length ? parts.newId() : null,
    });
    void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    return encodeSessionAnswer({ sessionId: session.info.id });
  });
}
