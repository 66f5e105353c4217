// Calls that get through by a TURN server alone: a real browser, Debian's coturn, credentials of the gateway.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { LocalGateway } from './local-gateway.ts';
import { makeCertificate } from './own-certificate.ts';
import type { OwnCertificate } from './own-certificate.ts';
import { startTurnServer } from './turn-server.ts';
import type { TurnServer } from './turn-server.ts';

const SECRET = 'a secret of TURN server and gateway';

let certificate: OwnCertificate;
let turn: TurnServer;
let gateway: LocalGateway;
let browser: Browser;

beforeAll(async () => {
  certificate = makeCertificate();
  turn = await startTurnServer(SECRET, certificate.files);
  const plain = `turn:127.0.0.1:${turn.port}`;
  const urls = [`${plain}?transport=udp`, `${plain}?transport=tcp`, `turns:127.0.0.1:${turn.tlsPort}?transport=tcp`];
  gateway = new LocalGateway({ voice: { ice: { turn: { urls, secrets: [SECRET] } } } });
  await gateway.start();
  browser = await startBrowser([
    '--autoplay-policy=no-user-gesture-required',
    // The only certificate besides those of the world that it takes, for TURN too.
    `--ignore-certificate-errors-spki-list=${certificate.fingerprint}`,
  ]);
});

afterAll(async () => {
  await browser.close();
  await gateway.remove();
  await turn.stop();
  certificate.remove();
});

/** What became of a call: the way of its packets, and how much sound came back. */
interface RelayedCall {
  candidateType: string;
  relayProtocol: string;
  energy: number;
}

describe('a browser that may only use relays', () => {
  it.each([
    ['udp', 'turn:', 'udp'],
    ['tcp', 'turn:', 'tcp'],
    ['tls', 'turns:', 'tcp'],
  ])('VOX-060 hears its own tone back by TURN over %s', async (relayProtocol, scheme, transport) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${gateway.port}/health`);
    const call = await page.evaluate(callByRelay, { scheme, transport });
    expect(call).toMatchObject({ candidateType: 'relay', relayProtocol });
    expect(call.energy).toBeGreaterThan(0);
    await page.close();
  });
});

// Runs in the page: nothing from outside is known in here.
async function callByRelay({ scheme, transport }: Record<'scheme' | 'transport', string>): Promise<RelayedCall> {
  const authToken = 'parley-demo-webrtc-token';
  const answer = await fetch('/api/v1/ice-servers', { headers: { authorization: `Bearer ${authToken}` } });
  const { iceServers } = (await answer.json()) as { iceServers: { urls: string[] }[] };
  const relays = iceServers.map((server) => ({
    ...server,
    urls: server.urls.filter((url) => url.startsWith(scheme) && url.endsWith(`transport=${transport}`)),
  }));
  const peer = new RTCPeerConnection({ iceServers: relays, iceTransportPolicy: 'relay' });
  const context = new AudioContext();
  const tone = context.createOscillator();
  const microphone = context.createMediaStreamDestination();
  tone.connect(microphone);
  tone.start();
  const loudspeaker = new Audio();
  peer.addEventListener('track', ({ track }) => {
    loudspeaker.srcObject = new MediaStream([track]);
    void loudspeaker.play();
  });
  for (const track of microphone.stream.getTracks()) peer.addTrack(track, microphone.stream);

  const socket = new WebSocket(`ws://${location.host}/api/v1/webrtc/signal`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const answered = new Promise<{ sessionId: string; data: RTCSessionDescriptionInit }>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const signal = JSON.parse(String(data));
      if (signal.type === 'answer') resolve(signal);
      if (signal.type === 'ice-candidate') void answered.then(() => peer.addIceCandidate(signal.data));
    });
  });
  peer.addEventListener('icecandidate', ({ candidate }) => {
    const signal = { type: 'ice-candidate', data: candidate?.toJSON() ?? null };
    void answered.then(({ sessionId }) => socket.send(JSON.stringify({ ...signal, sessionId })));
  });
  await peer.setLocalDescription();
  const offer = { type: 'offer', sessionId: '', mode: 'echo', authToken };
  socket.send(JSON.stringify({ ...offer, data: { type: 'offer', sdp: peer.localDescription?.sdp } }));
  await peer.setRemoteDescription((await answered).data);

  for (;;) {
    const stats = [...(await peer.getStats()).values()];
    const energy = Number(stats.find(({ type }) => type === 'inbound-rtp')?.totalAudioEnergy ?? 0);
    if (energy > 0.01) {
      const transportOf = stats.find(({ type }) => type === 'transport');
      const pair = stats.find(({ id }) => id === transportOf?.selectedCandidatePairId);
      const { candidateType, relayProtocol } = stats.find(({ id }) => id === pair?.localCandidateId);
      peer.close();
      socket.close();
      return { candidateType, relayProtocol, energy };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
