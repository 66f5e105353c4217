// Node's HTTP server with the limits that keep half-open and dawdling clients from staying.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** A certificate and its key: the texts of PEM files. */
export interface Tls {
  cert: string;
  key: string;
}

/** How long, in ms, the head of a request may take to arrive, and the whole of it; and how often that is looked at. */
export type Patience = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>
>;

const PATIENCE: Patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

const SETTINGS: ServerOptions = {
  /** Longer than the idle timeouts of common proxies, so that they hang up first. */
  keepAliveTimeout: 72_000,
  noDelay: true,
  // Some HTTP clients offer HTTP/2 with every request. Only the offer of a WebSocket is taken.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** A server that isn't listening yet; with a certificate it speaks TLS only. */
export function nodeServer(
  handler: RequestListener,
  { tls, patience = PATIENCE }: { tls?: Tls | undefined; patience?: Patience | undefined },
): Server {
  const options = { ...SETTINGS, ...patience };
  if (!tls) return createServer(options, handler);
  // What both have in common is all that is used.
  return createTlsServer(
    { ...options, ...tls, handshakeTimeout: patience.headersTimeout },
    handler,
  ) as unknown as Server;
}
