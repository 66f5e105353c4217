// The port: opens it, closes it to newcomers while those who are inside finish, and closes it for good.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Guards the port of a server. */
export class Listener {
  readonly #server: Server;
  #pending = 0;

  constructor(server: Server) {
    this.#server = server;
    server.on('request', (_request, response) => {
      this.#pending += 1;
      response.once('close', () => (this.#pending -= 1));
    });
  }

  /** False before the port is open, and after it was closed. */
  get isOpen(): boolean {
    return this.#server.listening;
  }

  /** Requests that aren't answered yet. */
  get pendingRequests(): number {
    return this.#pending;
  }

  /** Opens the port (0: a free one) and answers which. Rejects when it can't be had. */
  async listen(at: { host: string; port: number }): Promise<number> {
    this.#server.listen(at);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Refuses new connections from now on. Those that rest are closed, the others after their answer. */
  stopAccepting(): void {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** Drops every connection that is left. */
  close(): void {
    this.stopAccepting();
    this.#server.closeAllConnections();
  }
}
