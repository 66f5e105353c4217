// The messaging room's socket port on the `ws` library, and the way of frames from the one to the other.
import { isUtf8 } from 'node:buffer';
import { closeCodes } from '@parley/protocol';
import type { WebSocket } from 'ws';
import type { Log } from '../kit/index.ts';
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

/** Hands everything that arrives to the connection. In the tick of the handshake, or frames are lost. */
export function passFrames(webSocket: WebSocket, connection: Connection, log: Log): void {
  webSocket.on('message', (data: Buffer, isBinary) => {
    try {
      // Text that isn't UTF-8 is no text. The protocol answers it like a binary frame and keeps the socket.
      if (isBinary || !isUtf8(data)) connection.receivedBinary();
      else connection.received(data.toString(), data.length);
    } catch (error) {
      // Whatever it was, it concerns this socket and no other.
      log.error({ sessionId: connection.session.info.id, err: error }, 'A frame could not be handled');
      connection.close(closeCodes.internalError, 'internal error');
    }
  });
  webSocket.on('error', ignore);
  webSocket.on('close', () => connection.closed());
}

/** After a broken frame the library closes the socket with the right code by itself. */
function ignore(): void {}
