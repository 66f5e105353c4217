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
import { refuseWhileDraining } from './refuse-while-draining.ts';
import { addSessionsRoute } from './sessions-route.ts';
import { signalingUpgrade } from './signaling-upgrade.ts';
import { addStaticPages } from './static-pages.ts';
import { UpgradeRouter } from './upgrade-router.ts';

const SIGNALING_PATH = '/api/v1/webrtc/signal';

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
  /** New sessions, per access token. */
  sessionsOfTokenLimit: RateLimit;
  /** Per connector: of whatever has no limit of its own. */
  requestLimit: RateLimit;
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
  /** Asks the pages of the desk to come back. */
  closeFeeds(): void;
  /** Closes the port, and drops everybody who is still inside. */
  close(): void;
}

/** A server with all its routes, not listening yet. */
export async function createHttpServer(parts: HttpParts): Promise<HttpServer> {
  const correlationIdOf = correlationIds(parts.newId);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, parts.trustProxy);
  const pongs = watchPongs(parts.timers);
  const app = createApp({ ...parts, correlationIdOf, addressOf });
  const listener = new Listener(app.server);
  const isDraining = (): boolean => parts.readiness() === 'draining';
  addCors(app, parts.connectors);
  refuseWhileDraining(app, isDraining);
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
    ['/ws', messagingUpgrade({ ...parts, pongs, correlationIdOf })],
    [SIGNALING_PATH, signalingUpgrade({ ...parts, pongs, addressOf })],
    ['/api/v1/desk/feed', deskApi.upgrade],
  ]);
  // While calls go on their callers may come back, and nobody can tell from a handshake who it is.
  const isClosed = (path: string): boolean => isDraining() && !(path === SIGNALING_PATH && parts.activeCalls() > 0);
  const upgrades = new UpgradeRouter(handshakes, { ...parts, correlationIdOf, addressOf, isClosed });
  app.server.on('upgrade', (request, socket, head) => upgrades.upgrade(request, socket, head));
  return {
    listen: (at) => listener.listen(at),
    get pendingRequests() {
      return listener.pendingRequests;
    },
    closeFeeds: () => deskApi.closeFeeds(),
    close() {
      pongs.stop();
      upgrades.terminateAll();
      listener.close();
    },
  };
}
