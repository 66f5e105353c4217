// The native side of a call: ICE, DTLS, SRTP and sockets. It sees one audio m-line and passes packets in the clear.

/** Makes peers. Throws {@link PeerError} when no port is left. */
export interface PeerFactory {
  create(events: PeerEvents): Peer;
  /** Lets go of what all peers share (a multiplexed port, say). Peers must be closed before. */
  close(): void;
}

/** What a peer tells of itself. Called from the event loop, never from within a method of the peer. */
export interface PeerEvents {
  /** One more of our candidates, as `candidate:…`, that `accept` didn't return. */
  candidate(line: string): void;
  /** `connected` once ICE and DTLS are through; `failed` and `closed` are final. */
  stateChanged(state: PeerState): void;
  /** An RTP or RTCP packet, decrypted. The bytes belong to the receiver. */
  packet(bytes: Uint8Array): void;
}

export type PeerState = 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/** What the offer says of the transport of the one audio m-line. */
export interface PeerOffer {
  /** An SDP offer with a single audio m-line: our own cut of what the client sent. Without candidates. */
  sdp: string;
  mid: string;
  /** The credentials; other ones than before restart ICE. */
  iceUfrag: string;
  icePwd: string;
  /** The certificate, as `sha-256 AB:CD:…`; another one than before begins a new DTLS association. */
  fingerprint: string;
  /** Usable candidates of the offer, each as `candidate:…`. */
  candidates: string[];
}

/** Our side of the transport, for the answer. */
export interface LocalTransport {
  iceUfrag: string;
  icePwd: string;
  /** SHA-256, as `AB:CD:…`. */
  fingerprint: string;
  setup: 'active' | 'passive';
  /** Candidates known so far, at most 16, each as `candidate:…`; others may follow as events. */
  candidates: string[];
}

/** One WebRTC connection. No method throws after `close`. */
export interface Peer {
  /**
   * Takes the client's offer, or a later one of the same call; whether that changes the transport is the peer's business.
   * Rejects with {@link PeerError}. Offers are taken one after the other.
   */
  accept(offer: PeerOffer): Promise<LocalTransport>;
  /** A candidate of the client. What can't be parsed or resolved is ignored. */
  addCandidate(line: string): void;
  /** Sends an RTP or RTCP packet; false when it couldn't be handed to the network, or is neither. */
  send(packet: Uint8Array): boolean;
  /** The candidate pair in use; undefined before there is one. */
  readonly selectedPair: { local: CandidateKind; remote: CandidateKind } | undefined;
  /** Lets go of the transport at once. Who wants the other side to know says so before (RTCP BYE). */
  close(): void;
}

/** What kind of candidate: for the record of a call, without its address. */
export interface CandidateKind {
  type: 'host' | 'srflx' | 'prflx' | 'relay';
  protocol: 'udp' | 'tcp';
}

/** Why a peer couldn't be made or an offer not taken. */
export class PeerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PeerError';
  }
}
