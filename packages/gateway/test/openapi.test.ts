// What the OpenAPI document says and what a gateway serves are the same.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway } from './driver.ts';
import type { TestGateway } from './driver.ts';

/** The pages, what their demo is told, and a handshake without a socket: routes that aren't the API's. */
const PRIVATE = /^GET \/(?!api\/|v1\/|docs\/|health$|ready$|metrics$)/;

let parley: TestGateway;
/** `GET /health`, with the names of parameters in braces. */
const served: string[] = [];
/** By path, then by method. */
let described: Record<string, Record<string, { responses?: Record<string, unknown> }>>;

beforeAll(async () => {
  subscribe('fastify.initialization', watchRoutes);
  parley = await startGateway();
  unsubscribe('fastify.initialization', watchRoutes);
  const answer = await fetch(`${parley.url}/docs/openapi.json`);
  described = ((await answer.json()) as { paths: typeof described }).paths;
});

afterAll(() => parley.gateway.close());

/** Fastify tells on this channel of every app that is made. */
function watchRoutes(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) served.push(`${each} ${url}`);
  });
}

/** Routes as a set of texts; the names of parameters are the document's own. */
function setOf(routes: readonly string[]): string[] {
  return [...new Set(routes.map((route) => route.replace(/\{\w+\}|:\w+/g, '{}')))].toSorted();
}

/** The status that a handshake without a token is answered with. */
async function handshake(path: string): Promise<number> {
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}${path}`);
  const status = await new Promise<number>((resolve) => {
    socket.on('upgrade', () => resolve(101));
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
    socket.on('error', () => {});
  });
  socket.terminate();
  return status;
}

describe('the OpenAPI document', () => {
  it('describes every route, and no other', () => {
    const operations = Object.entries(described).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { responses = {} }]) => !('101' in responses))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    const routes = served.filter((route) => !/^(?:HEAD|OPTIONS) /.test(route) && !PRIVATE.test(route));
    expect(setOf(operations)).toEqual(setOf(routes));
  });

  it('describes sockets that are there', async () => {
    const sockets = Object.entries(described).filter(([, { get }]) => get?.responses && '101' in get.responses);
    const paths = sockets.map(([path]) => path);
    expect(paths).toHaveLength(3);
    for (const path of paths) expect(await handshake(path), path).not.toBe(404);
    expect(await handshake('/api/v1/desk/feeds')).toBe(404);
  });
});
