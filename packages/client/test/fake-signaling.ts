// The gateway's signaling and ICE servers in memory: reads what clients send through the protocol's codecs, and
// answers what a test tells it to.
import { decodeSignal, encodeSignal } from '@parley/protocol';
import type { ClientSignal, OfferEnvelope, ServerSignal } from '@parley/protocol';
import type { OpenSocket, SocketEvents } from '../src/ports/socket.ts';

interface FakeSocket {
  events: SocketEvents;
  isOpen: boolean;
}

export class FakeSignaling {
  /** Everything clients sent, over all sockets. */
  readonly received: ClientSignal[] = [];
  readonly urls: string[] = [];
  /** Handshakes fail. */
  isDown = false;
  /** Frames of clients are lost on the way, and nothing is answered. */
  isDeaf = false;
  /** Answers every offer at once. */
  answers = true;
  /** The body of the answer about ICE servers, and its status. */
  iceServers = { status: 200, body: '{"iceServers":[{"urls":["stun:127.0.0.1:3478"]}]}' };
  readonly requests: { url: string; headers: Headers }[] = [];
  readonly sessionId = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';
  #sockets: FakeSocket[] = [];

  /** Clients' signals of one kind. */
  of<Type extends ClientSignal['type']>(type: Type): (ClientSignal & { type: Type })[] {
    return this.received.filter((signal): signal is ClientSignal & { type: Type } => signal.type === type);
  }

  get offers(): OfferEnvelope[] {
    return this.of('offer');
  }

  get openSockets(): number {
    return this.#sockets.filter((socket) => socket.isOpen).length;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (this.isDown) throw new TypeError('fetch failed');
    this.requests.push({
      url: input instanceof Request ? input.url : String(input),
      headers: new Headers(init?.headers),
    });
    return new Response(this.iceServers.body, { status: this.iceServers.status });
  };

  readonly openSocket: OpenSocket = (url, events) => {
    this.urls.push(url);
    const socket: FakeSocket = { events, isOpen: false };
    let isWanted = true;
    queueMicrotask(() => {
      if (!isWanted) return;
      if (this.isDown) return events.closed(1006);
      socket.isOpen = true;
      this.#sockets.push(socket);
      events.opened();
    });
    return {
      send: (text) => {
        if (socket.isOpen) this.#receive(socket, text);
      },
      close: () => {
        isWanted = false;
        socket.isOpen = false;
      },
    };
  };

  /** Answers an offer. */
  answer(sdp = 'answer'): void {
    this.tell({ type: 'answer', sessionId: this.sessionId, data: { type: 'answer', sdp } });
  }

  /** Sends a message on every open socket. */
  tell(signal: ServerSignal): void {
    for (const socket of this.#sockets) if (socket.isOpen) socket.events.received(encodeSignal(signal));
  }

  /** Sends any text. */
  tellRaw(text: string): void {
    for (const socket of this.#sockets) if (socket.isOpen) socket.events.received(text);
  }

  /** Closes every socket, as the client sees it. */
  drop(code = 1006): void {
    const open = this.#sockets.filter((socket) => socket.isOpen);
    this.#sockets = [];
    for (const socket of open) {
      socket.isOpen = false;
      socket.events.closed(code);
    }
  }

  #receive(socket: FakeSocket, text: string): void {
    const signal = decodeSignal(text);
    if ('refused' in signal) throw new Error(`a client sent a bad message: ${text}`);
    if (this.isDeaf) return;
    this.received.push(signal);
    if (signal.type === 'ping') socket.events.received(encodeSignal({ type: 'pong', sessionId: signal.sessionId }));
    if (signal.type === 'offer' && this.answers) queueMicrotask(() => this.answer());
  }
}
