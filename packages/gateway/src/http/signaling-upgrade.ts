// The signaling socket of voice: open to everybody, for who calls is said in the offer (voice spec, section 1.1).
import type { IncomingMessage } from 'node:http';
import type { Signaling } from '../voice/index.ts';
import type { PongWatch } from './pong-watch.ts';
import { WsSocket } from './socket-adapter.ts';
import type { UpgradeHandler } from './upgrade-router.ts';

/** Opens signaling sockets. */
export function signalingUpgrade(parts: {
  signaling: Signaling;
  pongs: PongWatch;
  addressOf: (request: IncomingMessage) => string;
}): UpgradeHandler {
  return async ({ request, accept }) => {
    const webSocket = accept();
    if (!webSocket) return;
    parts.pongs.watch(webSocket);
    const connection = parts.signaling.connect(new WsSocket(webSocket), {
      address: parts.addressOf(request),
      origin: request.headers.origin,
      userAgent: request.headers['user-agent'],
    });
    webSocket.on('message', (data: Buffer) => connection.received(data));
    webSocket.on('error', ignore);
    webSocket.on('close', () => connection.closed());
  };
}

/** After a broken frame the library closes the socket with the right code by itself. */
function ignore(): void {}
