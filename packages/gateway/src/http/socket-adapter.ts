// The messaging room's socket port on the `ws` library, and the way of frames from the one to the other.
import { isUtf8 } from 'node:buffer';
import type { WebSocket } from 'ws';
import type { Connection, Socket } from '../messaging/index.ts';

/** Writes to a WebSocket. On a closed one every method does nothing. */
export function socketOn(webSocket: WebSocket): Socket {
  return {
    send(text) {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(text);
    },
    close: (code, reason) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
    get bufferedBytes() {
      return webSocket.bufferedAmount;
    },
  };
}

/** Hands everything that arrives to the connection. In the same tick as the handshake, or frames are lost. */
export function passFrames(webSocket: WebSocket, connection: Connection): void {
  webSocket.on('message', (data: Buffer, isBinary) => {
    // Text that isn't UTF-8 is no text. The protocol answers it like a binary frame and keeps the socket.
    if (isBinary || !isUtf8(data)) connection.receivedBinary();
    else connection.received(data.toString(), data.length);
  });
  // A broken frame: the library closes the socket with the right code by itself.
  webSocket.on('error', () => {});
  webSocket.on('close', () => connection.closed());
}
