import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../kit/index.ts';
import { buildRtp } from '../../media/rtp-packet.ts';
import { readCandidate } from '../../negotiation/candidates.ts';
import { createNativeCaller } from './native-caller.ts';
import { createNodeDataChannelPeers } from './peer-factory.ts';
import { createFrameReader, framed } from './rfc4571.ts';
import { answerSsrc, createAnsweringPeer } from './test/answering-peer.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** The TCP port that an answer names. */
function tcpPortOf(candidates: readonly string[]): number {
  const tcp = candidates.map(readCandidate).find((candidate) => candidate?.protocol === 'tcp');
  expect(tcp).toMatchObject({ address: '127.0.0.1', type: 'host', rest: ' tcptype passive' });
  return tcp!.port;
}

/** What a browser does with a passive candidate: packets to this UDP port go over one TCP connection. */
async function overTcp(tcpPort: number): Promise<number> {
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const tcp = connect(tcpPort, '127.0.0.1');
  let callerPort = 0;
  udp.on('message', (packet, { port }) => {
    callerPort = port;
    tcp.write(framed(packet));
  });
  const read = createFrameReader((packet) => udp.send(packet, callerPort, '127.0.0.1'));
  tcp.on('data', read);
  tcp.on('error', () => {});
  cleanUps.push(() => {
    tcp.destroy();
    udp.close();
  });
  return udp.address().port;
}

/** A call whose caller knows no way but TCP. */
async function callOverTcp() {
  const caller = createNativeCaller();
  const answering = createAnsweringPeer({ iceTcp: true });
  cleanUps.push(
    () => answering.close(),
    () => caller.close(),
  );
  const { sdp, candidates } = await answering.answer(await caller.offer());
  const port = tcpPortOf(candidates);
  caller.applyAnswer(sdp.replace(/a=candidate.*\r\n/g, ''));
  caller.addCandidate(`candidate:1 1 udp 2114977791 127.0.0.1 ${await overTcp(port)} typ host`);
  await Promise.all([caller.connected, answering.reached('connected')]);
  return { caller, answering, port };
}

async function stranger(port: number, bytes: Uint8Array): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  cleanUps.push(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const rtp = (ssrc: number): Uint8Array =>
  buildRtp({ payloadType: 111, marker: false, sequence: 1, timestamp: 1, ssrc, payload: Uint8Array.of(7) });

describe('media over TCP', () => {
  it('goes both ways, like media over UDP', async () => {
    const { caller, answering } = await callOverTcp();
    const arrived = answering.nextPacket((packet) => packet.at(-1) === 7);
    expect(caller.send(rtp(caller.ssrc))).toBe(true);
    await arrived;
    const heard = caller.nextPacket((packet) => packet.at(-1) === 7);
    expect(answering.peer.send(rtp(answerSsrc))).toBe(true);
    await heard;
  });

  it('is at the number of the UDP port where all calls share one', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const answering = createAnsweringPeer({ iceTcp: true, udpPort: port });
    cleanUps.push(() => answering.close());
    const { candidates } = await answering.answer(await createNativeCaller().offer());
    expect(tcpPortOf(candidates)).toBe(port);
  });

  it('is refused with the call where no port is free', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanUps.push(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    const answering = createAnsweringPeer({ iceTcp: true, udpPort: port });
    cleanUps.push(() => answering.close());
    await expect(answering.answer(await createNativeCaller().offer())).rejects.toMatchObject({ name: 'PeerError' });
  });

  it('is not offered unless it is configured', async () => {
    const answering = createAnsweringPeer();
    cleanUps.push(() => answering.close());
    const { candidates } = await answering.answer(await createNativeCaller().offer());
    expect(candidates.filter((line) => line.includes('tcp'))).toEqual([]);
  });

  it.each([
    ['garbage', framed(Buffer.from('GET / HTTP/1.1'))],
    ['a packet that is too long', Buffer.from([0xff, 0xff, 0])],
    [
      'a check for a call that is not there',
      framed(Buffer.from('000100102112a44200000000000000000000000000060009' + '6e6f626f64793a6d65' + '000000', 'hex')),
    ],
    ['a check whose length lies', framed(Buffer.from('000100102112a442000000000000000000000000000600ff61', 'hex'))],
  ])('lets nobody in with %s, and calls go on', async (_what, bytes) => {
    const { caller, answering, port } = await callOverTcp();
    const socket = await stranger(port, bytes);
    await once(socket, 'close');
    const heard = caller.nextPacket((packet) => packet.at(-1) === 7);
    answering.peer.send(rtp(answerSsrc));
    await heard;
  });

  it('ends with the call, and the port with the factory', async () => {
    const { answering, port } = await callOverTcp();
    answering.close();
    const late = connect(port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

it('a range of ports is gone through for one that is free', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  cleanUps.push(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const answering = createAnsweringPeer({ iceTcp: true, portRange: [port, port + 20] });
  cleanUps.push(() => answering.close());
  const { candidates } = await answering.answer(await createNativeCaller().offer());
  expect(tcpPortOf(candidates)).toBeGreaterThan(port);
});

it('a factory that was never used lets go of its port', async () => {
  const options = { bindAddress: '127.0.0.1', udpPort: 0, portRange: [20_100, 20_200] as const, publicIp: undefined };
  const peers = createNodeDataChannelPeers({ ...options, iceTcp: true }, systemClock);
  expect(() => peers.close()).not.toThrow();
});
