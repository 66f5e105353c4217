import { afterEach, describe, expect, it } from 'vitest';
import { buildRtp } from '../../media/rtp-packet.ts';
import { createNativeCaller } from './native-caller.ts';
import { answerSsrc, createAnsweringPeer } from './test/answering-peer.ts';
import { nomination } from './test/nomination.ts';
import { openPathProxy } from './test/path-proxy.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) cleanUp();
});

const host = (port: number): string => `candidate:1 1 udp 2114977791 127.0.0.1 ${port} typ host`;

/** A little less than what the caller's stack gives its first address: cellular after Wi-Fi. */
const lowerPriority = 1_846_000_000;

/** A packet of ours. Each has a sequence of its own: SRTP takes none twice. */
const packet = (sequence: number): Uint8Array =>
  buildRtp({ payloadType: 111, marker: false, sequence, timestamp: 1, ssrc: answerSsrc, payload: Uint8Array.of(1) });

/** A caller and a peer that only know each other through the proxy. */
async function callThroughProxy() {
  const caller = createNativeCaller();
  const answering = createAnsweringPeer();
  const offer = await caller.offer({ candidates: false });
  const { sdp, candidates } = await answering.answer(offer);
  const proxy = await openPathProxy(Number(/ (\d+) typ/.exec(candidates[0] ?? '')?.[1]));
  cleanUps.push(
    () => proxy.close(),
    () => answering.peer.close(),
    () => caller.close(),
  );
  const valueOf = (text: string, name: string): string => new RegExp(`a=${name}:(\\S+)`).exec(text)?.[1] ?? '';
  const credentials = {
    remoteUfrag: valueOf(sdp, 'ice-ufrag'),
    remotePwd: valueOf(sdp, 'ice-pwd'),
    localUfrag: valueOf(offer, 'ice-ufrag'),
  };
  let sequence = 0;
  return {
    proxy,
    answering,
    connect: async (): Promise<void> => {
      caller.applyAnswer(sdp.replace(/a=candidate.*\r\n/g, ''));
      caller.addCandidate(host(proxy.entryPort));
      await Promise.all([caller.connected, answering.reached('connected')]);
    },
    changePath: () => proxy.changePath(nomination(credentials, lowerPriority)),
    /** Resolves when a packet of ours reaches the caller. */
    heard: async (): Promise<void> => {
      let arrived = false;
      caller.onPacket(() => (arrived = true));
      await expect.poll(() => answering.peer.send(packet((sequence += 1))) && arrived, { timeout: 4000 }).toBe(true);
    },
  };
}

describe('a client that changes networks in a call', () => {
  it('VOX-059 is followed to an address it didn’t tell, from one it did', async () => {
    const { proxy, answering, connect, changePath, heard } = await callThroughProxy();
    answering.peer.addCandidate(host(proxy.pathPorts[0]));
    await connect();
    await heard();
    expect(answering.peer.selectedPair?.remote.type).toBe('host');
    changePath();
    await heard();
    expect(answering.peer.selectedPair?.remote.type).toBe('prflx');
  });

  it('VOX-059 is followed to an address it told, from one it didn’t', async () => {
    const { proxy, answering, connect, changePath, heard } = await callThroughProxy();
    await connect();
    await heard();
    expect(answering.peer.selectedPair?.remote.type).toBe('prflx');
    answering.peer.addCandidate(host(proxy.pathPorts[1]));
    changePath();
    await heard();
    expect(answering.peer.selectedPair?.remote.type).toBe('host');
  });

  it('VOX-059 is followed from one told address to another', async () => {
    const { proxy, answering, connect, changePath, heard } = await callThroughProxy();
    answering.peer.addCandidate(host(proxy.pathPorts[0]));
    await connect();
    await heard();
    answering.peer.addCandidate(host(proxy.pathPorts[1]));
    changePath();
    await heard();
  });
});
