// The request side of HTTP: fastify without opinions of its own, and what holds for every answer.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { RestErrorName } from '@parley/protocol';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log, Meter, NewId, Timers } from '../kit/index.ts';
import { correlationHeader, namesItself } from './correlation-id.ts';
import type { CorrelationIdOf } from './correlation-id.ts';
import { failureAnswer } from './failure-answer.ts';
import type { EncodeError } from './failure-answer.ts';
import { nodeServer } from './node-server.ts';
import type { Patience, Tls } from './node-server.ts';
import { endWith } from './raw-answer.ts';
import { RequestFailure } from './request-failure.ts';
import { plainTarget } from './request-target.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How an unexpected error is put on this route. */
    fallback?: RestErrorName;
    /** How the bodies of errors are written on this route, where it isn't as everywhere. */
    encodeError?: EncodeError;
    /** Requests are taken by a process that is going, too. */
    answersWhileDraining?: boolean;
  }
}

export interface AppParts {
  log: Log;
  meter: Meter;
  timers: Timers;
  newId: NewId;
  correlationIdOf: CorrelationIdOf;
  addressOf: (request: IncomingMessage) => string;
  tls?: Tls | undefined;
  /** With clients that are slow or silent. */
  patience?: Patience | undefined;
}

/** An app without routes. Whatever goes wrong in one that is added is answered and logged here. */
export function createApp(parts: AppParts): FastifyInstance {
  const app = fastify({
    rewriteUrl: plainTarget,
    serverFactory: (handler) => nodeServer(handler, parts),
    clientErrorHandler: (error, socket) => answerBroken(error, socket, parts),
    // What is left to the framework are paths that can't be read.
    frameworkErrors: (_error, request, reply) => void fail(new RequestFailure('notFound'), { request, reply }, parts),
  });
  // Bodies are JSON whatever their header says (messaging spec, section 1.1), and routes read them when they want to.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onRequest', async (request, reply) => {
    delete request.raw.headers['content-type'];
    void reply.header(correlationHeader, parts.correlationIdOf(request.raw));
    void reply.header('x-content-type-options', 'nosniff');
  });
  const answers = parts.meter.counter({
    name: 'parley_http_requests_total',
    help: 'Requests answered, by route and status',
    labels: ['route', 'status'],
  });
  app.addHook('onResponse', async ({ raw, method, routeOptions: { url: route = 'none' } }, { statusCode: status }) => {
    answers.add(1, { route, status: String(status) });
    // What was refused or failed was told when it was.
    if (status >= 400) return;
    const facts = { correlationId: parts.correlationIdOf(raw), route, method, status };
    // Whoever named a request may ask for it by that name; of the others there are many, and nobody asks.
    if (namesItself(raw)) parts.log.info(facts, 'A request was answered');
    else parts.log.debug(facts, 'A request was answered');
  });
  app.setNotFoundHandler(() => {
    throw new RequestFailure('notFound');
  });
  app.setErrorHandler((error, request, reply) => fail(error, { request, reply }, parts));
  return app;
}

function fail(error: unknown, { request, reply }: { request: FastifyRequest; reply: FastifyReply }, parts: AppParts) {
  const correlationId = parts.correlationIdOf(request.raw);
  const { config, url: route = 'none' } = request.routeOptions;
  const { fallback = 'internal', encodeError } = config;
  const answer = failureAnswer(error, { correlationId, fallback, encodeError });
  // The route's pattern and not the path, for paths may hold ids and tokens.
  const facts = { correlationId, route, method: request.method, status: answer.status };
  const address = parts.addressOf(request.raw);
  if (error instanceof RequestFailure) parts.log.info({ ...facts, address }, 'A request was refused');
  else parts.log.error({ ...facts, address, err: error }, 'A request failed');
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Answers what couldn't be read as HTTP at all, or came too slowly. */
function answerBroken(error: Error & { code?: string }, socket: Socket, { newId, timers, log }: AppParts): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const correlationId = newId();
  log.info({ correlationId, address: socket.remoteAddress, code: error.code }, 'A request could not be read');
  endWith(socket, failureAnswer(error, { correlationId, fallback: 'unparsableRequest' }), timers);
}
