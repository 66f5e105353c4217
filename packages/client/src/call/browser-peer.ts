// An audio path made of the browser's RTCPeerConnection.
import type { IceServer } from '@parley/protocol';
import type { MediaState } from './call.machine.ts';
import type { Candidate, OpenPeer, Peer, PeerEvents } from './ports/peer.ts';
import type { PathCounts } from './quality.ts';

/** Long enough for every recogniser of touch-tones, with a pause between two (Q.24 asks for 40 ms each). */
const TONE_MS = 160;
const TONE_PAUSE_MS = 70;

const mediaStates: Partial<Record<RTCPeerConnectionState, MediaState>> = {
  connected: 'connected',
  disconnected: 'interrupted',
  failed: 'failed',
};

/** Peers over connections that `connect` makes, by default the platform's own. */
export function browserPeers(
  connect: (configuration: RTCConfiguration) => RTCPeerConnection = (configuration) =>
    new RTCPeerConnection(configuration),
): OpenPeer {
  return (iceServers, microphone, events) => {
    const connection = connect({ iceServers: iceServers.map(rtcServer), bundlePolicy: 'max-bundle' });
    const listening = new AbortController();
    listen(connection, events, listening.signal);
    const [track] = microphone.getAudioTracks();
    const sender = connection.addTransceiver(track ?? 'audio', { streams: [microphone] }).sender;
    return peerOf(connection, sender, listening);
  };
}

function rtcServer({ urls, username, credential }: IceServer): RTCIceServer {
  return username !== undefined && credential !== undefined ? { urls, username, credential } : { urls };
}

function listen(connection: RTCPeerConnection, events: PeerEvents, signal: AbortSignal): void {
  connection.addEventListener('icecandidate', ({ candidate }) => candidate && tell(candidate, events), { signal });
  connection.addEventListener('track', ({ streams, track }) => events.remote(streams[0] ?? new MediaStream([track])), {
    signal,
  });
  connection.addEventListener(
    'connectionstatechange',
    () => {
      const is = mediaStates[connection.connectionState];
      if (is) events.media(is);
    },
    { signal },
  );
}

// Firefox says with an empty candidate that there are no more; nobody waits for that.
function tell({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate, events: PeerEvents): void {
  if (candidate !== '') events.candidate({ candidate, sdpMid, sdpMLineIndex });
}

function peerOf(connection: RTCPeerConnection, sender: RTCRtpSender, listening: AbortController): Peer {
  return {
    async offer({ iceRestart }) {
      const { sdp = '' } = await connection.createOffer({ iceRestart });
      await connection.setLocalDescription({ type: 'offer', sdp });
      return sdp;
    },
    async accept(sdp) {
      await connection.setRemoteDescription({ type: 'answer', sdp });
    },
    addCandidate(candidate: Candidate) {
      connection.addIceCandidate(candidate).catch(() => {});
    },
    speakThrough(microphone) {
      const [track] = microphone.getAudioTracks();
      sender.replaceTrack(track ?? null).catch(() => {});
    },
    press(tones) {
      const { dtmf } = sender;
      if (!dtmf?.canInsertDTMF) return false;
      // What is still to be sent would be replaced.
      dtmf.insertDTMF(dtmf.toneBuffer + tones, TONE_MS, TONE_PAUSE_MS);
      return true;
    },
    async counts() {
      return countsOf([...(await connection.getStats()).values()] as RTCStats[]);
    },
    close() {
      listening.abort();
      connection.close();
    },
  };
}

/** The members of `getStats` that are counted on (WebRTC Statistics). Times are in seconds. */
interface Stats extends RTCStats {
  kind?: string;
  packetsReceived?: number;
  packetsLost?: number;
  jitter?: number;
  fractionLost?: number;
  roundTripTime?: number;
  nominated?: boolean;
  state?: string;
  currentRoundTripTime?: number;
}

function countsOf(report: readonly Stats[]): PathCounts {
  const inbound = report.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  const atGateway = report.find(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'audio');
  const pair = report.findLast(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded',
  );
  return {
    received: inbound?.packetsReceived ?? 0,
    lost: inbound?.packetsLost ?? 0,
    jitterMs: thousandfold(inbound?.jitter),
    rttMs: thousandfold(pair?.currentRoundTripTime ?? atGateway?.roundTripTime),
    lossAtGatewayPercent: atGateway?.fractionLost === undefined ? undefined : 100 * atGateway.fractionLost,
  };
}

function thousandfold(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : 1000 * seconds;
}
