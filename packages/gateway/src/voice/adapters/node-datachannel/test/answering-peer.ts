// The gateway's side without a gateway: a peer that answers one caller's offers, as a call does.
import { systemClock } from '../../../../kit/index.ts';
import { answerSdp } from '../../../negotiation/answer-sdp.ts';
import { readOfferSdp } from '../../../negotiation/offered-media.ts';
import { peerOffer } from '../../../negotiation/peer-offer.ts';
import type { Peer, PeerState } from '../../../ports/peer.ts';
import { createNodeDataChannelPeers, type NodeDataChannelOptions } from '../peer-factory.ts';

/** A peer, and what it told. */
export interface AnsweringPeer {
  readonly peer: Peer;
  readonly states: PeerState[];
  /** The answer, and our candidates, to an offer. */
  answer(sdp: string): Promise<{ sdp: string; candidates: string[] }>;
  /** Resolves when it has come to this state. */
  reached(state: PeerState): Promise<void>;
  onPacket(take: (packet: Uint8Array) => void): void;
  nextPacket(matches?: (packet: Uint8Array) => boolean): Promise<Uint8Array>;
  /** Ends the peer, and what its factory holds. */
  close(): void;
}

/** What our stream goes out with. */
export const answerSsrc = 0x0a9e_47aa;

/** Makes a peer on loopback, with any port. */
export function createAnsweringPeer(options: Partial<NodeDataChannelOptions> = {}): AnsweringPeer {
  const listeners = new Set<(packet: Uint8Array) => void>();
  const states: PeerState[] = [];
  const waits = new Map<PeerState, () => void>();
  let version = 0;

  const peers = createNodeDataChannelPeers(
    { bindAddress: '127.0.0.1', udpPort: 0, portRange: [1024, 65_535], publicIp: undefined, iceTcp: false, ...options },
    systemClock,
  );
  const peer = peers.create({
    candidate() {},
    stateChanged(state) {
      states.push(state);
      waits.get(state)?.();
    },
    packet(bytes) {
      for (const take of listeners) take(bytes);
    },
  });

  return {
    peer,
    states,
    async answer(sdp) {
      const offer = readOfferSdp(sdp);
      if ('error' in offer) throw new Error(`${offer.error}: ${offer.why}`);
      const transport = await peer.accept(peerOffer(offer));
      version += 1;
      const identity = { ssrc: answerSsrc, cname: 'agent', sessionId: '1', version };
      return { sdp: answerSdp(offer, transport, identity), candidates: transport.candidates };
    },
    reached: (state) =>
      states.includes(state) ? Promise.resolve() : new Promise((resolve) => waits.set(state, resolve)),
    onPacket: (take) => void listeners.add(take),
    nextPacket: (matches = () => true) =>
      new Promise((resolve) => {
        const take = (packet: Uint8Array): void => {
          if (!matches(packet)) return;
          listeners.delete(take);
          resolve(packet);
        };
        listeners.add(take);
      }),
    close() {
      peer.close();
      peers.close();
    },
  };
}
