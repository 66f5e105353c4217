// What operators ask a running process, for the OpenAPI document.
import { encodeHealth, encodeReadiness } from '../rest-bodies.ts';
import { answer, bareAnswer, jsonBodyOf } from './openapi-parts.ts';
import type { Part } from './openapi-parts.ts';

/** Health, readiness, metrics and the documents themselves. */
export function operationsPaths(): Record<string, Part> {
  return {
    '/health': {
      get: operation('getHealth', 'Whether the process serves, and how many calls are in progress.', {
        200: answer('It serves.', 'Health', encodeHealth({ status: 'healthy', activeSessions: 3 })),
      }),
    },
    '/ready': {
      get: operation('getReadiness', 'Whether the process takes new sessions and calls.', {
        200: answer('It does.', 'Readiness', encodeReadiness({ status: 'ready' })),
        503: bareAnswer(
          'It is starting or draining.',
          jsonBodyOf('Readiness', encodeReadiness({ status: 'draining' })),
        ),
      }),
    },
    '/metrics': { get: operation('getMetrics', 'Counters and histograms.', { 200: text('Prometheus text.') }) },
    '/docs/openapi.json': { get: operation('getOpenApi', 'This document.', { 200: json('OpenAPI 3.1.') }) },
    '/docs/asyncapi.json': {
      get: operation('getAsyncApi', 'The frames of the sockets.', { 200: json('AsyncAPI 3.') }),
    },
  };
}

function operation(operationId: string, summary: string, responses: Record<string, Part>): Part {
  return { operationId, tags: ['Operations'], summary, security: [], responses };
}

function text(description: string): Part {
  return bareAnswer(description, { 'text/plain': { schema: { type: 'string' } } });
}

function json(description: string): Part {
  return bareAnswer(description, { 'application/json': { schema: { type: 'object' } } });
}
