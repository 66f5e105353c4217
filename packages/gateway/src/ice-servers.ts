// Which STUN and TURN servers calls may use: those of the configuration, with credentials of the moment.
import type { IceServer } from '@parley/protocol';
import type { Config } from './config/index.ts';
import type { Connector } from './identity/index.ts';
import { tenantHash, turnCredentials } from './identity/index.ts';
import type { Clock } from './kit/index.ts';

/**
 * Stands in where nothing is configured. An empty list would send SDKs to a public STUN server of somebody else's; names
 * in `.invalid` are nobody's (RFC 6761, section 6.4), so nothing is sent anywhere. A name that isn't found is given up at
 * once, where an address that doesn't answer would keep browsers gathering for more than 20 s. Nothing is missing, either:
 * the gateway learns a client's address from its checks (RFC 8445, section 7.3.1.3).
 */
const NOWHERE: IceServer = { urls: ['stun:not-configured.invalid:3478'] };

/** The servers for calls of a connector; never none. */
export function iceServersOf(
  { stun, turn }: Config['voice']['ice'],
  clock: Clock,
): (connector: Connector) => IceServer[] {
  return (connector) => {
    const servers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : [];
    const [secret] = turn?.secrets ?? [];
    if (turn && secret !== undefined) {
      const expirySeconds = Math.floor(clock.nowMs() / 1000) + turn.ttlSeconds;
      servers.push({ urls: turn.urls, ...turnCredentials({ secret, expirySeconds, id: tenantHash(connector) }) });
    }
    return servers.length > 0 ? servers : [NOWHERE];
  };
}
