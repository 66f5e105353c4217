// The messaging room's socket port on the `ws` library, and the way of frames from the one to the other.
import { isUtf8 } from 'node:buffer';
import type { WebSocket } from 'ws';
import type { Connection, Socket } from '../messaging/index.ts';

/** A WebSocket as the messaging room sees it. On a closed one every method does nothing. */
export class WsSocket implements Socket {
  readonly #webSocket: WebSocket;

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  send(text: string): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.send(text);
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }
}

/**
 * Hands everything that arrives to the connection. To be called in the tick of the handshake, or frames are lost.
 * What the connection throws goes to `onFault`: it concerns this socket and no other.
 */
export function passFrames(webSocket: WebSocket, connection: Connection, onFault: (error: unknown) => void): void {
  webSocket.on('message', (data: Buffer, isBinary) => {
    try {
      // Text that isn't UTF-8 is no text. The protocol answers it like a binary frame and keeps the socket.
      if (isBinary || !isUtf8(data)) connection.receivedBinary();
      else connection.received(data.toString(), data.length);
    } catch (error) {
      onFault(error);
    }
  });
  // A broken frame: the library closes the socket with the right code by itself.
  webSocket.on('error', () => {});
  webSocket.on('close', () => connection.closed());
}
