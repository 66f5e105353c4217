// The composition root: the only place that knows every room. It makes the parts and decides nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createAgentRoster } from './agent-roster.ts';
import type { ChatAgent } from './agents/index.ts';
import { createResponder } from './agents/index.ts';
import type { Config } from './config/index.ts';
import { createHandoffCoordinator, createMemoryDesk } from './handoff/index.ts';
import type { HandoffDesk } from './handoff/index.ts';
import type { Demo } from './http/index.ts';
import { createHttpServer } from './http/index.ts';
import { AccessTokens, Connectors, hashToken, limitPerMinute } from './identity/index.ts';
import type { ConnectorStore } from './identity/index.ts';
import { randomId, silentLog, systemClock, systemTimers } from './kit/index.ts';
import type { Clock, Log, NewId, Timers } from './kit/index.ts';
import { messagingSettings } from './messaging-settings.ts';
import { Connections, Sessions } from './messaging/index.ts';
import type { SessionStore } from './messaging/index.ts';
import { drain, promMeter } from './ops/index.ts';
import { createMemoryStore } from './store/index.ts';

const PAGES_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));
const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };
const DEMO_TOKEN = 'parley-demo-token';
const DEFAULT_QUEUE_TIMEOUT_SECONDS = 300;

/** What a gateway is made of. Whatever is left out is the real thing. */
export interface GatewayParts {
  config: Config;
  clock?: Clock;
  timers?: Timers;
  newId?: NewId;
  log?: Log;
  store?: SessionStore & ConnectorStore;
  /** Where hand-offs go; a desk in memory otherwise. */
  desk?: HandoffDesk;
  /** Answer in place of the configured agents, by agent id. */
  agents?: Record<string, ChatAgent>;
}

/** A whole Parley in this process. */
export interface Gateway {
  /** Opens the port and takes up what a former process left unfinished. Rejects when the port can't be had. */
  listen(): Promise<{ url: string; port: number }>;
  /** Closes in good order: clients are asked to come back, open turns get `server.drainSeconds`. */
  drain(): Promise<void>;
  /** Closes at once. Nothing that was acknowledged is lost; open turns are finished by the next process. */
  close(): Promise<void>;
}

/** Makes a gateway that isn't listening yet. Throws when an agent or a file it needs is not as it should be. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { config, desk = createMemoryDesk() } = parts;
  const { clock = systemClock, timers = systemTimers, newId = randomId, log = silentLog } = parts;
  const meter = promMeter({ processMetrics: true });
  const kit = { clock, timers, newId, log, meter };
  const store = parts.store ?? createMemoryStore();
  const roster = createAgentRoster(config, { ...kit, standIns: parts.agents });

  const connectors = new Connectors({ configured: config.connectors, store, clock });
  const { tokenTtlSeconds: ttlSeconds, chunkIntervalMs } = config.sessions;
  const accessTokens = new AccessTokens({ secrets: config.secrets, ttlSeconds, connectors, clock, newId });

  const settings = messagingSettings(config);
  const sessions = new Sessions({
    ...kit,
    store,
    settings,
    agentOf: (info) => roster.of(info)?.profile ?? { name: info.agentId },
  });
  const connections = new Connections({ ...kit, store, settings });
  const responder = createResponder({ ...kit, agentFor: (info) => roster.of(info), chunkIntervalMs });
  sessions.add(responder);
  sessions.add(
    createHandoffCoordinator({
      ...kit,
      deskFor: (info) => (roster.of(info)?.handoff.kind === 'none' ? undefined : desk),
      timeoutMs: (queueName) => queueTimeoutMs(queueName, config),
    }),
  );

  const sessionsLoaded = meter.gauge({ name: 'parley_sessions_loaded', help: 'Sessions in memory' });
  const { server, limits } = config;
  let url = '';
  let started = false;
  let draining: Promise<void> | undefined;
  const http = await createHttpServer({
    ...kit,
    sessions,
    connections,
    connectors,
    accessTokens,
    hasAgent: (agentId) => roster.has(agentId),
    tokenLimit: limitPerMinute(limits.tokensPerMinutePerAddress, clock),
    sessionLimit: limitPerMinute(limits.sessionsPerMinutePerConnector, clock),
    connectionsPerAddress: limits.connectionsPerAddress,
    trustProxy: server.trustProxy,
    tls: server.tls && { cert: readFileSync(server.tls.cert, 'utf8'), key: readFileSync(server.tls.key, 'utf8') },
    pagesFolder: PAGES_FOLDER,
    demo: demoOf(config),
    activeCalls: () => 0,
    describe: () => ({ version: VERSION, publicUrl: url }),
    readiness: () => (draining ? 'draining' : started ? 'ready' : 'starting'),
    metrics: {
      contentType: meter.contentType,
      async text() {
        sessionsLoaded.set([...sessions.loaded].length);
        return meter.text();
      },
    },
  });

  const isSettling = (): boolean => [...sessions.loaded].some((session) => session.isSettling);
  const leave = (graceMs: number): Promise<void> =>
    drain(
      {
        stopAccepting: () => http.stopAccepting(),
        closeSockets: () => connections.closeAll(),
        pending: () => connections.count + responder.openTurns + http.pendingRequests + Number(isSettling()),
        abandon() {
          responder.stop();
          http.close();
        },
        async finish() {
          sessions.stop();
          await roster.close();
          // CLOSE
        },
      },
      { clock, timers, graceMs },
    );

  return {
    async listen() {
      // The port comes first: whoever has it may finish what a former process left.
      const port = await http.listen(server);
      url = server.publicUrl ?? localUrl(config, port);
      await sessions.start();
      started = true;
      return { port, url };
    },
    drain: () => (draining ??= leave(server.drainSeconds * 1000)),
    close: () => (draining ??= leave(0)),
  };
}

/** The demo connector, if the configuration has it. */
function demoOf({ connectors, agents }: Config): Demo | undefined {
  const connector = connectors.find(({ tokens }) => tokens.includes(hashToken(DEMO_TOKEN)));
  return connector && { token: DEMO_TOKEN, agentName: agents[connector.agent]?.name ?? connector.agent };
}

/** Agents name queues as people read them, or by their key. */
function queueTimeoutMs(queueName: string, { handoff: { queues } }: Config): number {
  const queue = Object.values(queues).find(({ name }) => name === queueName) ?? queues[queueName];
  return (queue?.timeoutSeconds ?? DEFAULT_QUEUE_TIMEOUT_SECONDS) * 1000;
}

/** An address that works on this machine. */
function localUrl({ server: { host, tls } }: Config, port: number): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}
