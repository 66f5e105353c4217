// The messaging socket: checks who wants to connect to which session, in the order of the messaging spec, section
// 2.2, and loads the session before the handshake, so that no frame is lost.
import { parseCursor } from '@parley/protocol';
import type { FastifyInstance } from 'fastify';
import { originMatches } from '../identity/index.ts';
import type { AccessTokens, Connectors } from '../identity/index.ts';
import type { Clock, Log } from '../kit/index.ts';
import { isReadable } from '../messaging/index.ts';
import type { Connections, LiveSession, Sessions } from '../messaging/index.ts';
import type { CorrelationIdOf } from './correlation-id.ts';
import type { PongWatch } from './pong-watch.ts';
import { RequestFailure } from './request-failure.ts';
import { targetOf } from './request-target.ts';
import { WsSocket, passFrames } from './socket-adapter.ts';
import type { UpgradeHandler } from './upgrade-router.ts';

interface AdmissionParts {
  sessions: Sessions;
  accessTokens: Pick<AccessTokens, 'verify'>;
  connectors: Pick<Connectors, 'byId'>;
  clock: Clock;
}

/** Opens messaging sockets. */
export function messagingUpgrade(
  parts: AdmissionParts & { connections: Connections; pongs: PongWatch; correlationIdOf: CorrelationIdOf; log: Log },
): UpgradeHandler {
  return async ({ request, query, accept }) => {
    const { connections, correlationIdOf, log } = parts;
    const session = await admit({ query, origin: request.headers.origin }, parts);
    const cursor = parseCursor(query.get('cursor'));
    const facts = { sessionId: session.info.id, correlationId: correlationIdOf(request) };
    if (cursor.form === 'unknown') log.warn(facts, 'A cursor made no sense; all is replayed');
    // Asked in the same tick as the handshake, for others may have connected since the session was found.
    if (connections.isFull(session)) throw new RequestFailure('connectionLimit', { retryAfterSeconds: 5 });
    const webSocket = accept();
    if (!webSocket) return;
    parts.pongs.watch(webSocket);
    log.debug({ ...facts, cursor: cursor.form, after: cursor.after }, 'A socket was opened');
    passFrames(webSocket, connections.connect(session, new WsSocket(webSocket), cursor.after), log);
  };
}

/** Adds `GET /ws` for whoever asks without offering a WebSocket: the same checks, so that the reason can be seen. */
export function addHandshakeRoute(app: FastifyInstance, parts: AdmissionParts): void {
  app.get('/ws', async ({ raw }) => {
    const { query } = targetOf(raw);
    await admit({ query, origin: raw.headers.origin }, parts);
    throw new RequestFailure('upgradeRequired');
  });
}

/** The session that may be connected to. Throws a {@link RequestFailure} otherwise. */
async function admit(
  asked: { query: URLSearchParams; origin: string | undefined },
  { sessions, accessTokens, connectors, clock }: AdmissionParts,
): Promise<LiveSession> {
  const sessionId = asked.query.get('session_id');
  const token = asked.query.get('access_token') || asked.query.get('auth_token');
  if (!sessionId || !token) throw new RequestFailure('invalidConnectionParameters');
  const grant = await accessTokens.verify(token);
  const connector = grant && (await connectors.byId(grant.connectorId));
  if (!grant || !connector || !originMatches(asked.origin, connector)) throw new RequestFailure('authenticationFailed');
  const session = await sessions.open(sessionId);
  const { endedReplayMs } = sessions.settings;
  if (!session || !isReadable(session.state, { nowMs: clock.nowMs(), endedReplayMs })) {
    throw new RequestFailure('sessionNotFound');
  }
  if (session.info.subject !== grant.subject) throw new RequestFailure('authenticationFailed');
  return session;
}
