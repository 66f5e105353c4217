// The cut of a client's offer that the native stack gets to see: one audio m-line, nothing we didn't read ourselves.
import type { PeerOffer } from '../ports/peer.ts';
import type { OfferedMedia } from './offered-media.ts';

/**
 * Makes the offer for the peer. Its direction is always `sendrecv`: what a hold stops is the call's business, and the
 * transport needn't know.
 */
export function peerOffer({ audio }: OfferedMedia): PeerOffer {
  const { mid, iceUfrag, icePwd, fingerprint, candidates } = audio;
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${audio.opusPayloadType}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=sendrecv',
    'a=rtcp-mux',
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    'a=ice-options:trickle',
    `a=fingerprint:${fingerprint}`,
    `a=setup:${audio.setup}`,
    `a=rtpmap:${audio.opusPayloadType} opus/48000/2`,
  ];
  return { sdp: lines.map((line) => `${line}\r\n`).join(''), mid, iceUfrag, icePwd, fingerprint, candidates };
}
