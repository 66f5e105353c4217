// The HTTP server: one port for the API, the sockets, the pages and operations.
import type { IncomingMessage } from 'node:http';
import type { DocumentOptions } from '@parley/protocol';
import type { ChatApi } from '../chat-api/index.ts';
import type { DeskService, OtherDesks } from '../handoff/index.ts';
import type { AccessTokens, Connectors, DeskUsers, RateLimit } from '../identity/index.ts';
import type { Clock, Log, Meter, NewId, Timers } from '../kit/index.ts';
import type { Connections, Sessions } from '../messaging/index.ts';
import type { Signaling } from '../voice/index.ts';
import { addAccessTokenRoute } from './access-token-route.ts';
import { createApp } from './app.ts';
import { addChatApiRoutes } from './chat-api-routes.ts';
import { clientAddress } from './client-address.ts';
import { addContextRoute } from './context-route.ts';
import { correlationIds } from './correlation-id.ts';
import { addCors } from './cors.ts';
import { addDemoRoute } from './demo-route.ts';
import type { Demo } from './demo-route.ts';
import { addDeskBridgeRoutes } from './desk-bridge-routes.ts';
import { addDeskApi } from './desk/add-desk-api.ts';
import { addDocsRoutes } from './docs-routes.ts';
import { addIceServersRoute } from './ice-servers-route.ts';
import type { IceServersParts } from './ice-servers-route.ts';
import { Listener } from './listener.ts';
import { addHandshakeRoute, messagingUpgrade } from './messaging-upgrade.ts';
import type { Tls } from './node-server.ts';
import { addOperationsRoutes } from './operations-routes.ts';
import type { OperationsParts } from './operations-routes.ts';
import { watchPongs } from './pong-watch.ts';
import { addSessionsRoute } from './sessions-route.ts';
import { signalingUpgrade } from './signaling-upgrade.ts';
import { addStaticPages } from './static-pages.ts';
import { UpgradeRouter } from './upgrade-router.ts';

/** What the server needs from its house. */
export interface HttpParts extends OperationsParts, Omit<IceServersParts, 'addressOf'> {
  sessions: Sessions;
  connections: Connections;
  chatApi: ChatApi;
  signaling: Signaling;
  desk: DeskService;
  /** The desks that aren't Parley's own. */
  otherDesks: OtherDesks;
  deskUsers: DeskUsers;
  connectors: Connectors;
  accessTokens: AccessTokens;
  /** Whether there is such an agent. */
  hasAgent(agentId: string): boolean;
  /** Access tokens, per connector and address. */
  tokenLimit: RateLimit;
  /** New sessions, per connector. */
  sessionLimit: RateLimit;
  /** Sockets that one address may have open; 0 for no limit. */
  connectionsPerAddress: number;
  /** How many proxies in front may say who the client is. */
  trustProxy: number;
  /** Without it the server speaks plain HTTP. */
  tls?: Tls | undefined;
  /** Where the built pages lie. */
  pagesFolder: string;
  /** What the API's documents say of this deployment. Asked once the server is listening. */
  describe: () => DocumentOptions;
  /** What the demo page is told; absent: nothing. */
  demo?: Demo | undefined;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
  meter: Meter;
}

/** A server and its port. */
export interface HttpServer {
  /** Opens the port (0: a free one) and answers which. Rejects when it can't be had. */
  listen(at: { host: string; port: number }): Promise<number>;
  /** Requests that aren't answered yet. */
  readonly pendingRequests: number;
  /** Closes the port. Whoever is inside may finish. */
  stopAccepting(): void;
  /** Drops everybody who is still inside. */
  close(): void;
}

/** A server with all its routes, not listening yet. */
export async function createHttpServer(parts: HttpParts): Promise<HttpServer> {
  const correlationIdOf = correlationIds(parts.newId);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, parts.trustProxy);
  const pongs = watchPongs(parts.timers);
  const app = createApp({ ...parts, correlationIdOf, addressOf });
  const listener = new Listener(app.server);
  app.addHook('onSend', async (_request, reply) => {
    if (!listener.isOpen) void reply.header('connection', 'close');
  });
  addCors(app, parts.connectors);
  addAccessTokenRoute(app, { ...parts, addressOf });
  addSessionsRoute(app, parts);
  addContextRoute(app, parts);
  addHandshakeRoute(app, parts);
  addIceServersRoute(app, { ...parts, addressOf });
  addChatApiRoutes(app, { chatApi: parts.chatApi, correlationIdOf, addressOf });
  const deskApi = addDeskApi(app, { ...parts, pongs, addressOf, publicUrl: () => parts.describe().publicUrl });
  addDeskBridgeRoutes(app, { otherDesks: parts.otherDesks, correlationIdOf });
  addOperationsRoutes(app, parts);
  addDocsRoutes(app, parts.describe);
  if (parts.demo) addDemoRoute(app, parts.demo);
  await addStaticPages(app, parts.pagesFolder);
  await app.ready();

  const handshakes = new Map([
    ['/ws', messagingUpgrade({ ...parts, pongs })],
    ['/api/v1/webrtc/signal', signalingUpgrade({ ...parts, pongs, addressOf })],
    ['/api/v1/desk/feed', deskApi.upgrade],
  ]);
  const upgrades = new UpgradeRouter(handshakes, { ...parts, correlationIdOf, addressOf });
  app.server.on('upgrade', (request, socket, head) => upgrades.upgrade(request, socket, head));
  return {
    listen: (at) => listener.listen(at),
    get pendingRequests() {
      return listener.pendingRequests;
    },
    stopAccepting() {
      upgrades.refuseAll();
      deskApi.closeFeeds();
      listener.stopAccepting();
    },
    close() {
      pongs.stop();
      upgrades.terminateAll();
      listener.close();
    },
  };
}
