// Tokens with which people at the desk take calls.
import type { DeskServiceParts } from './handoff/index.ts';
import type { CallTokens, Connectors } from './identity/index.ts';
import type { Clock } from './kit/index.ts';
import type { Sessions } from './messaging/index.ts';

/** Long enough to ask for a microphone. */
const TTL_SECONDS = 180;

/** Makes them, for the calls of conversations through the connectors that these came by. */
export function deskCallTokens(parts: {
  sessions: Pick<Sessions, 'open'>;
  connectors: Pick<Connectors, 'byId'>;
  callTokens: Pick<CallTokens, 'mintForDesk'>;
  clock: Clock;
}): DeskServiceParts['callToken'] {
  const { sessions, connectors, callTokens, clock } = parts;
  return async (chat) => {
    const session = await sessions.open(chat.sessionId);
    const connector = session && (await connectors.byId(session.info.connectorId));
    if (!connector) return undefined;
    const expiresMs = clock.nowMs() + TTL_SECONDS * 1000;
    return { token: await callTokens.mintForDesk(connector, { ...chat, ttlSeconds: TTL_SECONDS }), expiresMs };
  };
}
