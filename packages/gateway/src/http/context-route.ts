// `POST /api/v1/sessions/{id}/context`: facts about the user, signed by the integrator's backend, reach the agent
// (messaging spec, section 12). Whatever is wrong with them, the conversation goes on without.
import { decodeContextSubmission } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';
import { verifyContextToken } from '../identity/index.ts';
import type { AccessTokens, Connectors, RateLimit } from '../identity/index.ts';
import type { Clock } from '../kit/index.ts';
import type { Sessions } from '../messaging/index.ts';
import { bearerOf } from './bearer.ts';
import { guardRate } from './rate-guard.ts';
import { readBody } from './read-body.ts';
import { RequestFailure } from './request-failure.ts';

/** Source: messaging spec, section 12. */
const MAX_TOKEN_BYTES = 16 * 1024;

export interface ContextRouteParts {
  connectors: Pick<Connectors, 'byId'>;
  accessTokens: Pick<AccessTokens, 'verify'>;
  sessions: Sessions;
  /** Per connector. */
  requestLimit: RateLimit;
  clock: Clock;
}

/** Adds the route. */
export function addContextRoute(app: FastifyInstance, parts: ContextRouteParts): void {
  app.post<{ Params: { id: string } }>('/api/v1/sessions/:id/context', async ({ raw, params }, reply) => {
    const { subject, connector } = await bearerOf(raw.headers, parts);
    guardRate(parts.requestLimit, connector.id);
    const session = await parts.sessions.open(params.id);
    if (!session || session.state.ended) throw new RequestFailure('sessionNotFound');
    const { contextId } = session.info;
    if (session.info.subject !== subject || contextId === null) throw new RequestFailure('contextRefused');
    const submission = decodeContextSubmission(await readBody(raw));
    if (submission === 'invalid') throw new RequestFailure('unparsableRequest');
    if (Buffer.byteLength(submission.token) > MAX_TOKEN_BYTES) throw new RequestFailure('contextTooLarge');
    const keys = connector.contextKeys ?? [];
    const context = await verifyContextToken(submission.token, { keys, contextId, nowMs: parts.clock.nowMs() });
    if (!context) throw new RequestFailure('contextRefused');
    parts.sessions.keepContext(session, context);
    return reply.code(204).send();
  });
}
