// The port: opens it, knows what is asked and not answered yet, and closes it.
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

  /** Refuses new connections, and drops every one there is. */
  close(): void {
    if (this.#server.listening) this.#server.close();
    this.#server.closeAllConnections();
  }
}
