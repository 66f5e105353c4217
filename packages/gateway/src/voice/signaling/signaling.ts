// The signaling door: takes sockets, and counts what strangers try.
import type { Clock, Log } from '../../kit/index.ts';
import type { Socket } from '../../messaging/index.ts';
import type { Calls } from '../calls/calls.ts';
import type { CallAccess } from '../ports/call-access.ts';
import type { OfferRules } from './read-offer.ts';
import { SignalingConnection } from './signaling-connection.ts';
import type { SignalingPeer } from './signaling-connection.ts';

/** Failed offers of one address per minute, beyond which its sockets are closed (voice spec, section 3). */
const FAILED_OFFERS_PER_MINUTE = 20;

/** What signaling needs from its house. */
export interface SignalingParts {
  calls: Calls;
  access: CallAccess;
  /** What offers may ask for. */
  rules: OfferRules;
  /** Somebody opened a socket, and will call. */
  arriving(): void;
  clock: Clock;
  log: Log;
}

/** Signaling over all sockets of this process. */
export interface Signaling {
  connect(socket: Socket, peer: SignalingPeer): SignalingConnection;
  /** Asks clients to come back elsewhere; those in a call stay until it is over, unless `all`. */
  closeSockets(options: { all: boolean }): void;
  readonly count: number;
}

/** Opens signaling. */
export function createSignaling(parts: SignalingParts): Signaling {
  const open = new Set<SignalingConnection>();
  const failures = new Map<string, number[]>();

  /** True when the address has failed too often within a minute. */
  function noteFailure(address: string): boolean {
    const sinceMs = parts.clock.nowMs() - 60_000;
    const recent = [...(failures.get(address) ?? []).filter((atMs) => atMs > sinceMs), parts.clock.nowMs()];
    failures.delete(address);
    failures.set(address, recent.slice(-FAILED_OFFERS_PER_MINUTE));
    const [oldest] = failures.keys();
    if (failures.size > 10_000 && oldest !== undefined) failures.delete(oldest);
    return recent.length >= FAILED_OFFERS_PER_MINUTE;
  }

  return {
    connect(socket, peer) {
      parts.arriving();
      const connection = new SignalingConnection(socket, {
        ...parts,
        peer,
        noteFailure: () => noteFailure(peer.address),
        onClosed: () => open.delete(connection),
      });
      open.add(connection);
      return connection;
    },
    closeSockets({ all }) {
      for (const connection of open) if (all || !connection.isInCall) connection.goAway();
    },
    get count() {
      return open.size;
    },
  };
}
