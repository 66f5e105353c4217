// A peer of node-datachannel: one native connection, and a second one while the client restarts ICE.
import type { RtcConfig } from 'node-datachannel';
import type { Clock } from '../../../kit/index.ts';
import { announceAll, readCandidate, usableCandidate, withTcp } from '../../negotiation/candidates.ts';
import { PeerError, type Peer, type PeerEvents, type PeerOffer } from '../../ports/peer.ts';
import { createCandidateRanks, type CandidateRanks } from './candidate-priority.ts';
import { openConnection, type NativeConnection } from './native-connection.ts';
import type { TcpGate } from './tcp-gate.ts';

/** What all peers of a factory have in common. */
export interface PeerParts {
  config: RtcConfig;
  /** Announced besides local addresses. */
  publicIp: string | undefined;
  clock: Clock;
  /** Undefined: no media over TCP. */
  gate: TcpGate | undefined;
}

/** A native connection, and the offer it answers. */
interface Link {
  offer: PeerOffer;
  connection: NativeConnection;
  ranks: CandidateRanks;
  isConnected: boolean;
  /** It takes the place of another one. */
  isRestart: boolean;
}

/**
 * Makes a peer. libdatachannel can't restart ICE: an offer with other credentials or another certificate is answered by
 * a second native connection. It has a certificate of its own, which makes the client begin a new DTLS association
 * (RFC 8842, section 5.5); the first one carries media until the second is connected.
 */
export function createPeer({ config, publicIp, clock, gate }: PeerParts, events: PeerEvents): Peer {
  let current: Link | undefined;
  let next: Link | undefined;
  let isOver = false;

  function open(offer: PeerOffer, isRestart: boolean): Link {
    const ranks = createCandidateRanks(clock);
    const opened = openConnection(offer, config, {
      connected: () => connected(link),
      failed: () => ended(link, 'failed'),
      closed: () => ended(link, 'closed'),
      packet: (bytes) => events.packet(bytes),
    });
    const { iceUfrag, candidates } = opened.local;
    const leaveGate = gate?.admit({ iceUfrag, udpPort: readCandidate(candidates[0] ?? '')?.port ?? 0 });
    const connection: NativeConnection = {
      ...opened,
      close() {
        leaveGate?.();
        opened.close();
      },
    };
    const link: Link = { offer, connection, ranks, isConnected: false, isRestart };
    return link;
  }

  function connected(link: Link): void {
    const isFirst = link === current;
    link.isConnected = true;
    link.ranks.connected();
    if (link === next) {
      current?.connection.close();
      current = next;
      next = undefined;
    }
    if (isFirst) events.stateChanged('connected');
  }

  /** The end of a connection that is being replaced is no news. */
  function ended(link: Link, state: 'failed' | 'closed'): void {
    if (isOver || (link === current && next)) return;
    isOver = true;
    current?.connection.close();
    next?.connection.close();
    events.stateChanged(state);
  }

  function take(offer: PeerOffer): Link {
    const latest = next ?? current;
    if (latest && isSameTransport(latest.offer, offer)) return latest;
    const link = open(offer, latest !== undefined);
    next?.connection.close();
    if (current?.isConnected) next = link;
    else {
      current?.connection.close();
      current = link;
    }
    return link;
  }

  /**
   * While ICE restarts, the client has to send the first check: libwebrtc gives up a path that it hears of before it has
   * applied our answer, for 2.5 s. Its checks tell us its addresses.
   */
  function addTo(link: Link, line: string): void {
    if (link.isRestart && !link.isConnected) return;
    const usable = usableCandidate(line);
    const ranked = usable && link.ranks.rank(usable);
    if (ranked) link.connection.addCandidate(ranked);
  }

  return {
    async accept(offer) {
      if (isOver) throw new PeerError('the peer is closed');
      const link = take(offer);
      for (const line of offer.candidates) addTo(link, line);
      const { local } = link.connection;
      const candidates = announceAll(local.candidates, publicIp);
      return { ...local, candidates: gate ? withTcp(candidates, await portOf(gate)) : candidates };
    },
    addCandidate(line) {
      const link = next ?? current;
      if (link && !isOver) addTo(link, line);
    },
    send(packet) {
      return current?.connection.send(packet) ?? false;
    },
    get selectedPair() {
      return current?.connection.selectedPair();
    },
    close() {
      isOver = true;
      current?.connection.close();
      next?.connection.close();
    },
  };
}

function isSameTransport(a: PeerOffer, b: PeerOffer): boolean {
  return a.iceUfrag === b.iceUfrag && a.icePwd === b.icePwd && a.fingerprint === b.fingerprint;
}

async function portOf(gate: TcpGate): Promise<number> {
  try {
    return await gate.port;
  } catch (error) {
    throw new PeerError('no TCP port is free', { cause: error });
  }
}
