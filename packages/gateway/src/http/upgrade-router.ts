// WebSocket handshakes by path: who may knock, which room opens, and how a refusal is put. Refusals are plain HTTP
// answers, before any 101 (messaging spec, section 2.2).
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Log, Meter, Timers } from '../kit/index.ts';
import { AddressCount } from './address-count.ts';
import { correlationHeader } from './correlation-id.ts';
import type { CorrelationIdOf } from './correlation-id.ts';
import { failureAnswer } from './failure-answer.ts';
import { endWith } from './raw-answer.ts';
import { RequestFailure } from './request-failure.ts';
import { targetOf } from './request-target.ts';

/** A frame beyond this closes its socket with 1009 (messaging spec, section 2.6). */
const MAX_FRAME_BYTES = 1024 * 1024;

/** A handshake that somebody asks for. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  /** Opens the socket; listen to it before this tick ends, or frames are lost. Undefined: it was no valid handshake. */
  readonly accept: () => WebSocket | undefined;
}

/** Opens the socket, or throws a {@link RequestFailure} that says why not. */
export type UpgradeHandler = (upgrade: Upgrade) => Promise<void>;

/** What Node hands over when somebody asks for a handshake. */
interface Knock {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

interface UpgradeParts {
  log: Log;
  meter: Meter;
  timers: Timers;
  correlationIdOf: CorrelationIdOf;
  addressOf: (request: IncomingMessage) => string;
  /** Sockets that one address may have open at once; 0 for no limit. */
  connectionsPerAddress: number;
  /** Whether sockets for this path are dropped unanswered: clients take it for a network failure and keep their session. */
  isClosed: (path: string) => boolean;
}

/** Takes handshakes from an HTTP server's `upgrade` event. */
export class UpgradeRouter {
  readonly #parts: UpgradeParts;
  readonly #handlers: ReadonlyMap<string, UpgradeHandler>;
  readonly #open: AddressCount;
  readonly #handshakes;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    // The protocol answers text that isn't UTF-8, where the library would close the socket.
    skipUTF8Validation: true,
  });

  /** `handlers`: by exact path. */
  constructor(handlers: ReadonlyMap<string, UpgradeHandler>, parts: UpgradeParts) {
    this.#handlers = handlers;
    this.#parts = parts;
    this.#open = new AddressCount(parts.connectionsPerAddress);
    this.#handshakes = parts.meter.counter({
      name: 'parley_handshakes_total',
      help: 'WebSocket handshakes, by path and HTTP status',
      labels: ['path', 'status'],
    });
    this.#server.on('headers', (headers, request) => {
      headers.push(`${correlationHeader}: ${parts.correlationIdOf(request)}`);
    });
    this.#server.on('wsClientError', (_error, socket, request) => {
      this.#refuse(new RequestFailure('invalidConnectionParameters'), request, socket);
    });
  }

  /** Drops every socket that is still open. */
  terminateAll(): void {
    for (const webSocket of this.#server.clients) webSocket.terminate();
  }

  /** Answers a handshake. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', destroy);
    this.#route({ request, socket, head }).catch((error: unknown) => this.#refuse(error, request, socket));
  }

  async #route(knock: Knock): Promise<void> {
    const { request, socket } = knock;
    const { path, query } = targetOf(request);
    if (this.#parts.isClosed(path)) {
      socket.destroy();
      return;
    }
    const handler = this.#handlers.get(path);
    if (!handler) throw new RequestFailure('notFound');
    this.#count(this.#parts.addressOf(request), socket);
    await handler({ request, query, accept: () => this.#accept(knock, path) });
  }

  /** Apart from everything else, so that the listener, which lives as long as the socket, keeps nothing but this. */
  #count(address: string, socket: Duplex): void {
    if (!this.#open.add(address)) throw new RequestFailure('rateLimited', { retryAfterSeconds: 10 });
    socket.on('close', () => this.#open.remove(address));
  }

  #accept({ request, socket, head }: Knock, path: string): WebSocket | undefined {
    // It may have closed while the handler looked who is there.
    if (this.#parts.isClosed(path)) {
      socket.destroy();
      return undefined;
    }
    let opened: WebSocket | undefined;
    // The callback is called before this returns, or never.
    this.#server.handleUpgrade(request, socket, head, (webSocket) => (opened = webSocket));
    if (opened) this.#handshakes.add(1, { path, status: '101' });
    return opened;
  }

  #refuse(error: unknown, request: IncomingMessage, socket: Duplex): void {
    const { correlationIdOf, addressOf, log } = this.#parts;
    const correlationId = correlationIdOf(request);
    const answer = failureAnswer(error, { correlationId, fallback: 'internal' });
    const asked = targetOf(request).path;
    const path = this.#handlers.has(asked) ? asked : 'other';
    const facts = { correlationId, address: addressOf(request), path, status: answer.status };
    this.#handshakes.add(1, { path, status: String(answer.status) });
    if (error instanceof RequestFailure) log.info(facts, 'A handshake was refused');
    else log.error({ ...facts, err: error }, 'A handshake failed');
    endWith(socket, answer, this.#parts.timers);
  }
}

/** A listener that keeps nothing alive. */
function destroy(this: Duplex): void {
  this.destroy();
}
