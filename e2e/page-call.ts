// A call that a page of a real browser makes by itself, without any client of ours: offers of any shape, a tone for a
// microphone, and ears for what comes back. Everything in here that isn't a type runs in the page.

/** What is offered. */
export interface PageOffer {
  mode: 'echo' | 'traditional';
  /** The m-lines, in their order. */
  media: readonly ('audio' | 'video' | 'data')[];
  /** Of the audio. */
  direction?: 'sendrecv' | 'recvonly';
  /** As in a network without UDP: neither side learns of an address of the other's for it. */
  withoutUdp?: boolean;
}

/** What became of the offer. */
export interface PageAnswer {
  sdp: string;
  /** What the gateway told over the socket. */
  candidates: { sdpMid: string; sdpMLineIndex: number }[];
}

/** The call of a page. */
interface PageCall {
  peer: RTCPeerConnection;
  context: AudioContext;
  /** How loud the microphone is, 0 to 1. */
  gain: AudioParam;
  /** Of what comes back. */
  ears: AnalyserNode;
}

declare global {
  interface Window {
    placed: PageCall;
  }
}

/** The tone of the microphone, where the ears' spectrum (2048 at 48 kHz) has a line. Hz. */
export const TONE_HZ = 1_125;

/** Calls, and returns when the browser has taken the answer and is connected. */
export async function callFromPage({
  offer: { mode, media, direction = 'sendrecv', withoutUdp = false },
  hz,
}: {
  offer: PageOffer;
  hz: number;
}): Promise<PageAnswer> {
  const peer = new RTCPeerConnection();
  const context = new AudioContext({ sampleRate: 48_000 });
  const microphone = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: hz });
  const volume = new GainNode(context, { gain: 0 });
  tone.connect(volume).connect(microphone);
  tone.start();
  const ears = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
  peer.addEventListener('track', ({ track }) => {
    const stream = new MediaStream([track]);
    context.createMediaStreamSource(stream).connect(ears);
    // Without a player nothing is decoded.
    const player = new Audio();
    player.srcObject = stream;
    void player.play();
  });
  window.placed = { peer, context, gain: volume.gain, ears };
  for (const kind of media) {
    if (kind === 'data') peer.createDataChannel('data');
    else if (kind === 'video' || direction === 'recvonly') peer.addTransceiver(kind, { direction });
    else for (const track of microphone.stream.getTracks()) peer.addTrack(track, microphone.stream);
  }

  const socket = new WebSocket(`ws://${location.host}/api/v1/webrtc/signal`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const candidates: PageAnswer['candidates'] = [];
  const answered = new Promise<{ sessionId: string; data: RTCSessionDescriptionInit }>((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => {
      const signal = JSON.parse(String(data));
      if (signal.type === 'answer') resolve(signal);
      if (signal.type === 'error') reject(new Error(signal.data.code));
      if (signal.type === 'ice-candidate') candidates.push(signal.data);
    });
  });
  peer.addEventListener('icecandidate', ({ candidate }) => {
    if (withoutUdp) return;
    const signal = { type: 'ice-candidate', data: candidate?.toJSON() ?? null };
    void answered.then(({ sessionId }) => socket.send(JSON.stringify({ ...signal, sessionId })));
  });
  const connected = new Promise((resolve) => {
    peer.addEventListener('connectionstatechange', () => peer.connectionState === 'connected' && resolve(undefined));
  });
  await peer.setLocalDescription();
  const data = { type: 'offer', sdp: peer.localDescription?.sdp };
  socket.send(JSON.stringify({ type: 'offer', sessionId: '', mode, authToken: 'parley-demo-webrtc-token', data }));
  const answer = (await answered).data;
  const sdp = answer.sdp ?? '';
  const takenSdp = withoutUdp ? sdp.replace(/^a=candidate:\S+ \d+ udp .*\r\n/gim, '') : sdp;
  await peer.setRemoteDescription({ type: 'answer', sdp: takenSdp });
  await connected;
  return { sdp, candidates };
}

/** Turns the tone on, waits until it comes back, and turns it off until it is gone. Returns how long it took, ms. */
export async function toneReturns(hz: number): Promise<number> {
  const { gain, ears, context } = window.placed;
  const line = Math.round((hz * ears.fftSize) / context.sampleRate);
  const spectrum = new Float32Array(ears.frequencyBinCount);
  const isHeard = (): boolean => {
    ears.getFloatFrequencyData(spectrum);
    return (spectrum[line] ?? Number.NEGATIVE_INFINITY) > -50;
  };
  const until = async (wanted: boolean): Promise<void> => {
    while (isHeard() !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const beganMs = performance.now();
  gain.value = 0.5;
  await until(true);
  const tookMs = performance.now() - beganMs;
  gain.value = 0;
  await until(false);
  return tookMs;
}

/** Waits until something is heard, whatever it is. */
export async function somethingIsHeard(): Promise<void> {
  const { peer } = window.placed;
  for (;;) {
    const stats = [...(await peer.getStats()).values()];
    if (Number(stats.find(({ type }) => type === 'inbound-rtp')?.totalAudioEnergy ?? 0) > 0.001) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the packets go over: `udp` or `tcp`. */
export async function protocolInUse(): Promise<string | undefined> {
  const stats = [...(await window.placed.peer.getStats()).values()];
  const transport = stats.find(({ type }) => type === 'transport');
  const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
  return stats.find(({ id }) => id === pair?.localCandidateId)?.protocol;
}
