// The handshake of the desk's feed. Whoever comes with credentials that are no good is refused here; whoever comes with
// none is let in to show them.
import { isUtf8 } from 'node:buffer';
import { closeCodes } from '@parley/protocol';
import type { PongWatch } from '../pong-watch.ts';
import { RequestFailure } from '../request-failure.ts';
import { WsSocket } from '../socket-adapter.ts';
import type { UpgradeHandler } from '../upgrade-router.ts';
import type { DeskAccess } from './desk-access.ts';
import { DeskFeedConnection } from './desk-feed-connection.ts';
import type { DeskFeedParts } from './desk-feed-connection.ts';

/** Opens feeds. */
export function deskFeedUpgrade(parts: DeskFeedParts & { access: DeskAccess; pongs: PongWatch }): UpgradeHandler {
  const { access, feeds, pongs, log } = parts;
  return async ({ request, query, accept }) => {
    const signedIn = await access.ofHandshake(request);
    if (signedIn && feeds.isFull(signedIn.person.id)) throw new RequestFailure('rateLimited', { retryAfterSeconds: 5 });
    const webSocket = accept();
    if (!webSocket) return;
    pongs.watch(webSocket);
    const feed = new DeskFeedConnection(new WsSocket(webSocket), parts);
    webSocket.on('message', (data: Buffer, isBinary) => {
      try {
        if (isBinary || !isUtf8(data)) feed.receivedBinary();
        else feed.received(data.toString(), data.length);
      } catch (error) {
        // Whatever it was, it concerns this socket and no other.
        log.error({ personId: feed.personId, err: error }, 'A frame at the desk could not be handled');
        feed.close(closeCodes.internalError, 'internal error');
      }
    });
    webSocket.on('error', ignore);
    webSocket.on('close', () => feed.closed());
    if (signedIn) feed.open(signedIn, query.get('cursor') ?? undefined);
  };
}

/** After a broken frame the library closes the socket with the right code by itself. */
function ignore(): void {}
