// One connection of libdatachannel with one audio track, made safe: nothing throws after its end, and no packet, however
// broken, gets further than its address.
import { Audio, PeerConnection, type RtcConfig } from 'node-datachannel';
import { readCandidate } from '../../negotiation/candidates.ts';
import { attributeOf, readSdp } from '../../negotiation/sdp.ts';
import { PeerError, type CandidateKind, type LocalTransport, type PeerOffer } from '../../ports/peer.ts';

/** What a connection tells. Called from the event loop; never after `close`. */
export interface ConnectionEvents {
  /** ICE and DTLS are through, and packets can be sent. */
  connected(): void;
  /** For good: ICE or DTLS failed, or consent to send was lost (30 s without an answer, RFC 7675). */
  failed(): void;
  /** The other side has closed. */
  closed(): void;
  packet(bytes: Uint8Array): void;
}

/** A connection: one ICE session, one DTLS association. */
export interface NativeConnection {
  /** Our side of the transport. Its candidates are all there are. */
  readonly local: LocalTransport;
  addCandidate(line: string): void;
  send(packet: Uint8Array): boolean;
  selectedPair(): { local: CandidateKind; remote: CandidateKind } | undefined;
  close(): void;
}

/** Bytes of the fixed header of RTP, and of the smallest packet of RTCP. */
const smallestRtp = 12;
const smallestRtcp = 8;

/** Opens a connection that answers `offer`. Throws {@link PeerError}. */
export function openConnection(offer: PeerOffer, config: RtcConfig, events: ConnectionEvents): NativeConnection {
  const peer = makeNative(config);
  let isOpen = true;

  const track = peer.addTrack(audioTrack(offer.mid));
  track.onOpen(() => {
    if (isOpen) events.connected();
  });
  track.onMessage((bytes) => {
    if (isOpen) events.packet(bytes);
  });
  peer.onStateChange((state) => {
    if (!isOpen) return;
    if (state === 'failed') events.failed();
    else if (state === 'closed' || state === 'disconnected') events.closed();
  });

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    track.close();
    peer.close();
  }

  let local: LocalTransport;
  try {
    peer.setRemoteDescription(offer.sdp, 'offer');
    local = readLocal(peer.localDescription()?.sdp ?? '');
  } catch (error) {
    close();
    throw new PeerError('the offer could not be taken', { cause: error });
  }

  return {
    local,
    addCandidate(line) {
      if (!isOpen) return;
      try {
        peer.addRemoteCandidate(line, offer.mid);
      } catch {
        // More candidates than the stack keeps, or an address it has no socket for: no use to us.
      }
    },
    send(packet) {
      if (!isOpen || !track.isOpen() || !isWhole(packet)) return false;
      try {
        return track.sendMessageBinary(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength));
      } catch {
        return false;
      }
    },
    selectedPair() {
      const pair = isOpen ? peer.getSelectedCandidatePair() : null;
      const local = pair && readCandidate(pair.local.candidate);
      const remote = pair && readCandidate(pair.remote.candidate);
      return local && remote ? { local: kindOf(local), remote: kindOf(remote) } : undefined;
    },
    close,
  };
}

function makeNative(config: RtcConfig): PeerConnection {
  try {
    return new PeerConnection('parley', config);
  } catch (error) {
    throw new PeerError('no connection could be made', { cause: error });
  }
}

/** The track is only a way in and out: what it says of codecs is never shown to the client. */
function audioTrack(mid: string): Audio {
  const audio = new Audio(mid, 'SendRecv');
  audio.addOpusCodec(111);
  return audio;
}

/** The stack throws on what is shorter than a header. */
function isWhole(packet: Uint8Array): boolean {
  const type = packet[1] ?? 0;
  const isRtcp = type >= 192 && type <= 223;
  return packet.length >= (isRtcp ? smallestRtcp : smallestRtp);
}

function readLocal(text: string): LocalTransport {
  const sdp = readSdp(text);
  const attributes = [...(sdp?.sections[0]?.attributes ?? []), ...(sdp?.attributes ?? [])];
  const [algorithm, fingerprint] = attributeOf(attributes, 'fingerprint')?.split(' ') ?? [];
  const iceUfrag = attributeOf(attributes, 'ice-ufrag');
  const icePwd = attributeOf(attributes, 'ice-pwd');
  const setup = attributeOf(attributes, 'setup');
  if (!iceUfrag || !icePwd || algorithm !== 'sha-256' || !fingerprint || (setup !== 'active' && setup !== 'passive')) {
    throw new Error('the description of the native stack has no transport');
  }
  const candidates = attributes.filter(({ name }) => name === 'candidate').map(({ value }) => `candidate:${value}`);
  return { iceUfrag, icePwd, fingerprint, setup, candidates };
}

function kindOf({ type, protocol }: CandidateKind): CandidateKind {
  return { type, protocol };
}
