// The connection of one call: what was negotiated with the caller, over the native peer that carries it.
import { signalErrors } from '@parley/protocol';
import type { ServerSignal, SignalError } from '@parley/protocol';
import { answerDirection, answerSdp } from '../negotiation/answer-sdp.ts';
import { usableCandidate } from '../negotiation/candidates.ts';
import { isRetransmission, offerChange } from '../negotiation/negotiation.machine.ts';
import { readOfferSdp } from '../negotiation/offered-media.ts';
import type { OfferedAudio, OfferedMedia } from '../negotiation/offered-media.ts';
import { peerOffer } from '../negotiation/peer-offer.ts';
import { PeerError } from '../ports/peer.ts';
import type { Peer, PeerFactory, PeerState } from '../ports/peer.ts';

/** Candidates of the server that one call may trickle. More would push other signals out of a client's buffer. */
const MAX_TRICKLED = 16;

/** What a connection needs from its call. */
export interface ConnectionParts {
  peers: PeerFactory;
  /** The call's secret, for candidate signals. */
  sessionId: string;
  /** Our stream: SSRC (32 bits) and CNAME. */
  ssrc: number;
  cname: string;
  send(signal: ServerSignal): void;
  stateChanged(state: PeerState): void;
  packet(bytes: Uint8Array): void;
  /** The caller negotiated other payload types or another direction. */
  renegotiated(audio: OfferedAudio): void;
}

/** A connection that was answered. */
export interface Connection {
  readonly audio: OfferedAudio;
  /** Kinds of the candidates in use, ours and the caller's; null before there are any. */
  readonly path: string | null;
  /** An answer is out: its candidates may follow it. */
  release(): void;
  /** Of the caller; what is of no use is ignored. */
  addCandidate(line: string): void;
  /** Answers a later offer of the same call; candidates wait until they are released. */
  answerAgain(sdp: string): Promise<{ sdp: string } | { refused: SignalError }>;
  /** Whether an offer is the one that was answered, sent again. */
  isRepeatedBy(sdp: string): boolean;
  /** Sends an RTP or RTCP packet, unless the caller doesn't want to hear. */
  sendPacket(bytes: Uint8Array): void;
  close(): void;
}

/** Reads an offer's media, or says why it can't be answered (voice spec, section 4). */
export function mediaOf(sdp: string): OfferedMedia | { refused: SignalError } {
  const media = readOfferSdp(sdp);
  if (!('error' in media)) return media;
  return { refused: media.error === 'malformed' ? signalErrors.malformed : signalErrors.mediaFailed };
}

/** Connects: makes a peer for the offer, and its answer. Rejects with `PeerError`. */
export async function connect(
  offered: OfferedMedia,
  parts: ConnectionParts,
): Promise<{ connection: Connection; answer: string }> {
  const { sessionId } = parts;
  const held: string[] = [];
  const trickled = new Set<string>();
  let released = false;
  let media = offered;
  let version = 1;
  let closed = false;

  function trickle(candidate: string): void {
    if (trickled.has(candidate) || trickled.size >= MAX_TRICKLED || closed) return;
    trickled.add(candidate);
    const data = { candidate, sdpMid: media.audio.mid, sdpMLineIndex: media.audio.index };
    parts.send({ type: 'ice-candidate', sessionId, data });
  }

  const peer: Peer = parts.peers.create({
    candidate(line) {
      if (released) trickle(line);
      else held.push(line);
    },
    stateChanged: (state) => !closed && parts.stateChanged(state),
    packet: (bytes) => parts.packet(bytes),
  });

  /** Answers an offer; its candidates are held until the answer is out. */
  async function answerTo(offer: OfferedMedia): Promise<string> {
    released = false;
    trickled.clear();
    const transport = await peer.accept(peerOffer(offer));
    // Also trickled, for clients that were written by hand look for candidates there and nowhere else.
    held.push(...transport.candidates);
    const { ssrc, cname } = parts;
    return answerSdp(offer, transport, { ssrc, cname, sessionId: String(ssrc), version });
  }

  function release(): void {
    released = true;
    for (const candidate of held.splice(0)) trickle(candidate);
  }

  let answer: string;
  try {
    answer = await answerTo(media);
  } catch (error) {
    peer.close();
    throw error;
  }

  const connection: Connection = {
    get audio() {
      return media.audio;
    },
    get path() {
      const pair = peer.selectedPair;
      return pair ? `${pair.local.type}/${pair.remote.type} ${pair.remote.protocol}` : null;
    },
    release,
    addCandidate(line) {
      const candidate = usableCandidate(line);
      if (candidate) peer.addCandidate(candidate);
    },
    async answerAgain(sdp) {
      const next = mediaOf(sdp);
      if ('refused' in next) return next;
      switch (offerChange(media, next)) {
        case 'nothing':
          // The client that asks again may have seen nothing of what followed, either.
          held.push(...trickled);
          trickled.clear();
          return { sdp: answer };
        case 'forbidden':
          return { refused: signalErrors.mediaFailed };
        default:
          break;
      }
      try {
        version++;
        answer = await answerTo(next);
      } catch (error) {
        if (!(error instanceof PeerError)) throw error;
        return { refused: signalErrors.mediaFailed };
      }
      media = next;
      parts.renegotiated(media.audio);
      return { sdp: answer };
    },
    isRepeatedBy(sdp) {
      const next = mediaOf(sdp);
      return !('refused' in next) && isRetransmission(media, next);
    },
    sendPacket(bytes) {
      const direction = answerDirection(media.audio.direction);
      if (direction === 'sendrecv' || direction === 'sendonly') peer.send(bytes);
    },
    close() {
      closed = true;
      peer.close();
    },
  };
  return { connection, answer };
}
