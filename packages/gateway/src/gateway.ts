// The composition root: the only place that knows every room. It puts the parts together and decides nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { addressOf } from './address.ts';
import { createAgentRoster } from './agent-roster.ts';
import type { AgentChoice } from './agent-roster.ts';
import type { ChatAgent } from './agents/index.ts';
import { createResponder } from './agents/index.ts';
import { chatAccess } from './chat-access.ts';
import { createChatApi } from './chat-api/index.ts';
import type { Config } from './config/index.ts';
import { configuredDesks } from './configured-desks.ts';
import { demoOf } from './demo-connector.ts';
import { deskCallTokens } from './desk-call-tokens.ts';
import { deskQueues } from './desk-queues.ts';
import { createDeskService, createHandoffCoordinator, createOtherDesks } from './handoff/index.ts';
import type { HandoffDesk } from './handoff/index.ts';
import { createHttpServer } from './http/index.ts';
import { iceServersOf } from './ice-servers.ts';
import { AccessTokens, CallTokens, ConnectorWatch, Connectors, DeskUsers, limitPerMinute } from './identity/index.ts';
import { randomId, silentLog, systemClock, systemTimers } from './kit/index.ts';
import type { Clock, Log, NewId, Timers } from './kit/index.ts';
import { messagingSettings } from './messaging-settings.ts';
import { Connections, Sessions } from './messaging/index.ts';
import { openStore } from './open-store.ts';
import { openVoice } from './open-voice.ts';
import { countedLog, drain, measuredStore, promMeter } from './ops/index.ts';
import { startRetention } from './store/index.ts';
import type { Store } from './store/index.ts';
import type { VoiceAgents } from './voice/index.ts';

const PAGES_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));
const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

/** What a gateway is made of. Whatever is left out is the real thing. */
export interface GatewayParts {
  config: Config;
  clock?: Clock;
  timers?: Timers;
  newId?: NewId;
  /** Default: silence. */
  log?: Log;
  store?: Store;
  /** Where hand-offs go; Parley's own desk otherwise. */
  desk?: HandoffDesk;
  /** Answer in place of the configured agents, by agent id. */
  agents?: Record<string, ChatAgent>;
  /** Answer calls in place of the configured agents. */
  voiceAgents?: VoiceAgents;
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

/** Makes a gateway that isn't listening yet. Rejects when an agent, the database or a file isn't as it should be. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { config, clock = systemClock, timers = systemTimers, newId = randomId } = parts;
  const { server, limits } = config;
  const meter = promMeter({ processMetrics: true });
  const log = countedLog(parts.log ?? silentLog, meter);
  const kit = { clock, timers, newId, log, meter };

  const roster = createAgentRoster(config, { ...kit, standIns: parts.agents });
  const store = measuredStore(parts.store ?? (await openStore(config, log)), meter);
  const hasAgent = (agentId: string, variantId?: string): boolean => roster.has(agentId, variantId);

  const connectors = new Connectors({ configured: config.connectors, store, clock });
  const ttlSeconds = config.sessions.tokenTtlSeconds;
  const accessTokens = new AccessTokens({ secrets: config.secrets, ttlSeconds, connectors, clock, newId });
  const callTokens = new CallTokens({ secrets: config.secrets, connectors, clock });
  const tokenLimit = limitPerMinute(limits.tokensPerMinutePerAddress, clock);
  const sessionLimit = limitPerMinute(limits.sessionsPerMinutePerConnector, clock);
  const requestLimit = limitPerMinute(limits.requestsPerMinutePerConnector, clock);

  const settings = messagingSettings(config);
  const sessions = new Sessions({ ...kit, store, settings, agentOf: (session) => roster.profileOf(session) });
  const connectorWatch = new ConnectorWatch({ ...kit, connectors });
  const connections = new Connections({ ...kit, store, settings, connectors: connectorWatch });

  const { chunkIntervalMs } = config.sessions;
  const responder = createResponder({ ...kit, agentFor: (session) => roster.of(session), chunkIntervalMs });
  sessions.add(responder);
  const queues = deskQueues(config);
  const deskService = createDeskService({
    ...kit,
    queues,
    cannedReplies: config.handoff.cannedReplies,
    callToken: deskCallTokens({ sessions, connectors, callTokens, clock }),
    store: store.desk,
    reload(sessionId) {
      sessions.open(sessionId).catch((error: unknown) => {
        log.error({ sessionId, err: error }, 'A session of the desk could not be loaded again');
      });
    },
  });
  const deskChoice = configuredDesks(config);
  const otherDesks = createOtherDesks(deskChoice.options, {
    ...kit,
    queues,
    cases: store.bridge,
    deliveries: store.deliveries,
    load: async (sessionId) => void (await sessions.open(sessionId)),
  });
  function deskFor(session: AgentChoice): HandoffDesk | undefined {
    const handoff = roster.of(session)?.config.handoff;
    if (!handoff || handoff.kind === 'none') return undefined;
    const otherId = deskChoice.idOf(handoff);
    return parts.desk ?? (otherId === undefined ? deskService : otherDesks.desk(otherId));
  }
  sessions.add(createHandoffCoordinator({ ...kit, deskFor, queueCalled: (name) => queues.called(name) }));

  const voice = openVoice(config, {
    ...kit,
    sessions,
    roster,
    callTokens,
    personInChat: (chat) => deskService.personIn(chat),
    announcement: (queue) => queues.called(queue).announce,
    records: store,
    voiceAgents: parts.voiceAgents,
  });
  sessions.add(voice.participant);

  const chatApi = createChatApi({
    ...kit,
    sessions,
    access: chatAccess(connectors),
    index: store,
    hasAgent,
    createLimit: sessionLimit,
    requestLimit,
  });

  const sessionsLoaded = meter.gauge({ name: 'parley_sessions_loaded', help: 'Sessions in memory' });
  let url = '';
  let started = false;
  let gone: Promise<void> | undefined;
  const http = await createHttpServer({
    ...kit,
    sessions,
    connections,
    chatApi,
    signaling: voice.signaling,
    desk: deskService,
    otherDesks,
    deskUsers: new DeskUsers({ store: store.deskUsers, clock, tokens: config.desk.tokens }),
    connectors,
    accessTokens,
    callTokens,
    iceServersFor: iceServersOf(config.voice.ice, clock),
    iceServersLimit: limitPerMinute(limits.tokensPerMinutePerAddress, clock),
    hasAgent,
    tokenLimit,
    sessionLimit,
    sessionsOfTokenLimit: limitPerMinute(limits.sessionsPerMinutePerToken, clock),
    requestLimit,
    connectionsPerAddress: limits.connectionsPerAddress,
    trustProxy: server.trustProxy,
    tls: server.tls && { cert: readFileSync(server.tls.cert, 'utf8'), key: readFileSync(server.tls.key, 'utf8') },
    pagesFolder: PAGES_FOLDER,
    demo: demoOf(config),
    describe: () => ({ version: VERSION, publicUrl: url }),
    activeCalls: () => voice.activeCalls,
    readiness: () => (gone ? 'draining' : started ? 'ready' : 'starting'),
    metrics: {
      contentType: meter.contentType,
      async text() {
        sessionsLoaded.set([...sessions.loaded].length);
        return meter.text();
      },
    },
  });

  const retention = startRetention(store, { ...kit, days: config.database.retentionDays });
  const isSettling = (): boolean => [...sessions.loaded].some((session) => session.isSettling);
  const steps = {
    refuseNew: () => voice.refuseNew(),
    closeSockets() {
      connections.closeAll();
      http.closeFeeds();
      voice.signaling.closeSockets({ all: false });
    },
    pending: () =>
      connections.count + responder.openTurns + voice.activeCalls + http.pendingRequests + Number(isSettling()),
    abandon() {
      voice.endAll();
      voice.signaling.closeSockets({ all: true });
      responder.stop();
      http.close();
    },
    async finish() {
      retention.cancel();
      connectorWatch.stop();
      deskService.stop();
      otherDesks.stop();
      await voice.close();
      sessions.stop();
      await roster.close();
      await store.close();
    },
  };

  return {
    async listen() {
      // The port comes first: whoever has it may finish what a former process left.
      const port = await http.listen(server);
      url = addressOf(config, port);
      store.endLostCalls(clock.nowMs());
      await deskService.start();
      await otherDesks.start();
      await sessions.start();
      started = true;
      return { port, url };
    },
    drain: () => (gone ??= drain(steps, { clock, timers, graceMs: server.drainSeconds * 1000 })),
    close: () => (gone ??= drain(steps, { clock, timers, graceMs: 0 })),
  };
}
