// Node's HTTP server with the limits that keep half-open and dawdling clients from staying.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** A certificate and its key: the texts of PEM files. */
export interface Tls {
  cert: string;
  key: string;
}

const LIMITS: ServerOptions = {
  /** How long the head of a request may take to arrive, and the whole of it. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  /** Longer than the idle timeouts of common proxies, so that they hang up first. */
  keepAliveTimeout: 72_000,
  noDelay: true,
  // Some HTTP clients offer HTTP/2 with every request. Only the offer of a WebSocket is taken.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** A server that isn't listening yet; with a certificate it speaks TLS only. */
export function nodeServer(handler: RequestListener, tls: Tls | undefined): Server {
  if (!tls) return createServer(LIMITS, handler);
  // What both have in common is all that is used.
  return createTlsServer({ ...LIMITS, ...tls }, handler) as unknown as Server;
}
