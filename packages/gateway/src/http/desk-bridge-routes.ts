// The routes of desks that aren't Parley's own: what they post about their cases, and the webhooks of Chatwoot.
import type { IncomingMessage } from 'node:http';
import { bridgeErrors, encodeBridgeAnswer, encodeRestError } from '@parley/protocol';
import type { BridgeErrorName } from '@parley/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OtherDesks } from '../handoff/index.ts';
import type { CorrelationIdOf } from './correlation-id.ts';
import { readBody } from './read-body.ts';
import { RequestFailure } from './request-failure.ts';

export interface DeskBridgeRouteParts {
  otherDesks: Pick<OtherDesks, 'takeEvent' | 'takeChatwoot'>;
  correlationIdOf: CorrelationIdOf;
}

/** Adds the routes. */
export function addDeskBridgeRoutes(app: FastifyInstance, { otherDesks, correlationIdOf }: DeskBridgeRouteParts): void {
  app.post<{ Params: { caseId: string } }>('/api/v1/handoff/:caseId/events', async ({ raw, params }, reply) => {
    const taken = await otherDesks.takeEvent({
      caseId: params.caseId,
      body: await readBody(raw),
      signature: header(raw, 'x-parley-signature'),
      idempotencyKey: header(raw, 'idempotency-key'),
    });
    if (typeof taken === 'string') return refuse(taken, raw, reply);
    const { id, answer } = taken;
    if (!answer.ok) return refuse(answer.error, raw, reply);
    return asJson(reply).send(encodeBridgeAnswer({ id, applied: answer.applied }));
  });

  app.post<{ Params: { token: string } }>('/api/v1/handoff/chatwoot/:token', async ({ raw, params }, reply) => {
    const outcome = await otherDesks.takeChatwoot(params.token, {
      body: await readBody(raw),
      signature: header(raw, 'x-chatwoot-signature'),
      timestamp: header(raw, 'x-chatwoot-timestamp'),
    });
    if (outcome === undefined) throw new RequestFailure('notFound');
    if (outcome !== 'taken') return refuse(outcome, raw, reply);
    return asJson(reply).send('{}');
  });

  function refuse(error: BridgeErrorName | 'unavailable', request: IncomingMessage, reply: FastifyReply) {
    if (error === 'unavailable') throw new RequestFailure('unavailable', { retryAfterSeconds: 1 });
    const { status } = bridgeErrors[error];
    const body = encodeRestError(bridgeErrors[error], { errorId: correlationIdOf(request) });
    return asJson(reply.code(status)).send(body);
  }
}

function asJson(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
