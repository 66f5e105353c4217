import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { buildRtp } from '../../media/rtp-packet.ts';
import { PeerError } from '../../ports/peer.ts';
import { createNativeCaller, type NativeCaller } from './native-caller.ts';
import { answerSsrc, createAnsweringPeer, type AnsweringPeer } from './test/answering-peer.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function makeCaller(): NativeCaller {
  const caller = createNativeCaller();
  cleanUps.push(() => caller.close());
  return caller;
}

function makePeer(...args: Parameters<typeof createAnsweringPeer>): AnsweringPeer {
  const answering = createAnsweringPeer(...args);
  cleanUps.push(() => answering.peer.close());
  return answering;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

const isRtp = (packet: Uint8Array): boolean => packet[1] !== undefined && (packet[1] < 192 || packet[1] > 223);

function rtp(ssrc: number, payload: number): Uint8Array {
  return buildRtp({
    payloadType: 111,
    marker: false,
    sequence: payload,
    timestamp: payload * 960,
    ssrc,
    payload: Uint8Array.of(payload),
  });
}

/** The SDP without candidates. */
const withoutCandidates = (sdp: string): string => sdp.replace(/a=(candidate|end-of-candidates).*\r\n/g, '');

async function connect(caller: NativeCaller, answering: AnsweringPeer): Promise<void> {
  const { sdp } = await answering.answer(await caller.offer());
  caller.applyAnswer(sdp);
  await Promise.all([caller.connected, answering.reached('connected')]);
}

/** A packet each way. */
async function exchange(caller: NativeCaller, answering: AnsweringPeer, payload: number): Promise<void> {
  const wanted = (packet: Uint8Array): boolean => isRtp(packet) && packet.at(-1) === payload;
  const up = answering.nextPacket(wanted);
  const down = caller.nextPacket(wanted);
  expect(caller.send(rtp(caller.ssrc, payload))).toBe(true);
  expect(answering.peer.send(rtp(answerSsrc, payload))).toBe(true);
  expect(Uint8Array.from(await up)).toEqual(rtp(caller.ssrc, payload));
  expect(Uint8Array.from(await down)).toEqual(rtp(answerSsrc, payload));
}

describe('a peer', () => {
  it('carries RTP and RTCP both ways as they are', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    await connect(caller, answering);
    await exchange(caller, answering, 7);

    const report = Uint8Array.of(0x80, 201, 0, 1, 0, 0, 0, 5);
    const [up, down] = [answering.nextPacket(), caller.nextPacket()];
    expect(caller.send(report)).toBe(true);
    expect(answering.peer.send(report)).toBe(true);
    expect(Uint8Array.from(await up)).toEqual(report);
    expect(Uint8Array.from(await down)).toEqual(report);
    expect(answering.states).toEqual(['connected']);
    expect(answering.peer.selectedPair?.local).toEqual({ type: 'host', protocol: 'udp' });
  });

  it('VOX-053 is reached by the candidates of its answer alone', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    const { sdp } = await answering.answer(await caller.offer({ candidates: false }));
    caller.applyAnswer(sdp);
    await caller.connected;
  });

  it('VOX-054 is reached by candidates that are trickled alone', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    const { sdp, candidates } = await answering.answer(await caller.offer({ candidates: false }));
    caller.applyAnswer(withoutCandidates(sdp));
    for (const candidate of candidates) caller.addCandidate(candidate);
    await caller.connected;
  });

  it('VOX-058 reaches a client that trickles and never says that it has no more', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    const { sdp } = await answering.answer(await caller.offer({ candidates: false }));
    for (const candidate of await caller.candidates()) answering.peer.addCandidate(candidate);
    caller.applyAnswer(sdp);
    await caller.connected;
  });

  it('VOX-056 connects whatever candidates it is told', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    const { sdp } = await answering.answer(await caller.offer({ candidates: false }));
    for (const line of [
      '',
      'garbage',
      'candidate:1 1 udp 1 6d8cfb28-50d8-4b86-8b2a-4c8a0d4a2c11.local 50000 typ host',
      'candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active',
      'candidate:1 2 udp 1 127.0.0.1 50000 typ host',
      'candidate:1 1 udp 1 2001:db8::1 50000 typ host',
      ...Array.from({ length: 50 }, (_, index) => `candidate:1 1 udp 1 127.0.0.1 ${50_000 + index} typ host`),
    ]) {
      answering.peer.addCandidate(line);
    }
    caller.applyAnswer(sdp);
    await caller.connected;
  });

  it('survives garbage from the client, and doesn’t send any itself', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    await connect(caller, answering);
    const header = fc.constantFrom(
      [0x80, 111],
      [0x80, 200],
      [0x81, 201],
      [0xbf, 202],
      [0x9f, 205],
      [0xff, 255],
      [0, 0],
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const packet = Uint8Array.of(...start, ...rest);
        try {
          caller.send(packet);
        } catch {
          // The caller's own stack refuses it.
        }
        answering.peer.send(packet);
      }),
      { numRuns: 500 },
    );
    expect(answering.peer.send(new Uint8Array())).toBe(false);
    expect(answering.peer.send(Uint8Array.of(0x80, 200))).toBe(false);
    await exchange(caller, answering, 9);
  });

  it('ignores what anybody else sends to its port', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    const { sdp, candidates } = await answering.answer(await caller.offer());
    const port = Number(/ (\d+) typ/.exec(candidates[0]!)?.[1]);
    const socket = createSocket('udp4');
    cleanUps.push(() => socket.close());
    caller.applyAnswer(sdp);
    await Promise.all([caller.connected, answering.reached('connected')]);
    const received: Uint8Array[] = [];
    answering.onPacket((packet) => received.push(packet));
    for (let index = 0; index < 1000; index += 1) socket.send(rtp(caller.ssrc, index % 256), port, '127.0.0.1');
    await exchange(caller, answering, 5);
    expect(received).toHaveLength(1);
  });
});

describe('the end of a peer', () => {
  it('is quiet: nothing throws, nothing is told, nothing is sent', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    await connect(caller, answering);
    answering.peer.close();
    answering.peer.close();
    answering.peer.addCandidate('candidate:1 1 udp 1 127.0.0.1 50000 typ host');
    expect(answering.peer.send(rtp(answerSsrc, 1))).toBe(false);
    expect(answering.peer.selectedPair).toBeUndefined();
    await expect(answering.answer(await caller.offer())).rejects.toBeInstanceOf(PeerError);
    expect(answering.states).toEqual(['connected']);
  });

  it('may come before it was connected, and before it was used', async () => {
    const [caller, answering, unused] = [makeCaller(), makePeer(), makePeer()];
    await answering.answer(await caller.offer());
    answering.peer.close();
    unused.peer.close();
    expect(answering.states).toEqual([]);
  });
});

describe('ports', () => {
  it('may be one for all: two calls are multiplexed', async () => {
    const udpPort = await freePort();
    const calls = [0, 1].map(() => ({ caller: makeCaller(), answering: makePeer({ udpPort }) }));
    for (const { caller, answering } of calls) {
      await connect(caller, answering);
    }
    for (const [index, { caller, answering }] of calls.entries()) {
      await exchange(caller, answering, 10 + index);
    }
  });

  it('are of the range', async () => {
    const port = await freePort();
    const { candidates } = await makePeer({ portRange: [port, port] }).answer(await makeCaller().offer());
    expect(candidates).toEqual([expect.stringContaining(` 127.0.0.1 ${port} typ host`)]);
  });

  it('may be exhausted: the offer is refused, and a port that is given back serves the next call', async () => {
    const port = await freePort();
    const first = makePeer({ portRange: [port, port] });
    const caller = makeCaller();
    await first.answer(await caller.offer());
    await expect(makePeer({ portRange: [port, port] }).answer(await caller.offer())).rejects.toBeInstanceOf(PeerError);
    first.peer.close();
    await expect
      .poll(async () => {
        const { candidates } = await makePeer({ portRange: [port, port] }).answer(await caller.offer());
        return candidates.length;
      })
      .toBe(1);
  });
});

describe('a new offer', () => {
  it('with the transport as it is changes nothing below', async () => {
    const [caller, answering] = [makeCaller(), makePeer()];
    await connect(caller, answering);
    const first = await answering.answer(await caller.offer());
    const held = await answering.answer((await caller.offer()).replace('a=sendrecv', 'a=inactive'));
    expect(held.sdp).toContain('a=inactive');
    expect(held.candidates).toEqual(first.candidates);
    await exchange(caller, answering, 3);
  });

  it('VOX-077 with new ICE credentials moves the call to a new connection, and the old one carries it until then', async () => {
    const [before, after, answering] = [makeCaller(), makeCaller(), makePeer()];
    await connect(before, answering);
    const { sdp } = await answering.answer(await after.offer());
    await exchange(before, answering, 1);
    after.applyAnswer(sdp);
    await after.connected;
    let moved = false;
    let sequence = 100;
    after.onPacket(() => (moved = true));
    await expect.poll(() => answering.peer.send(rtp(answerSsrc, (sequence += 1))) && moved).toBe(true);
    await exchange(after, answering, 2);
    expect(answering.states).toEqual(['connected']);
  });

  it('may come before the first one has led anywhere', async () => {
    const [lost, caller, answering] = [makeCaller(), makeCaller(), makePeer()];
    await answering.answer(await lost.offer());
    await connect(caller, answering);
    await exchange(caller, answering, 4);
  });

  it('that leads to somebody else than it says ends the call', async () => {
    const [caller, impostor, answering] = [makeCaller(), makeCaller(), makePeer()];
    await connect(caller, answering);
    const fingerprint = Array.from({ length: 32 }, () => '00').join(':');
    const { sdp } = await answering.answer((await impostor.offer()).replace(/sha-256 .*/, `sha-256 ${fingerprint}`));
    impostor.applyAnswer(sdp);
    await answering.reached('failed');
    expect(answering.peer.send(rtp(answerSsrc, 1))).toBe(false);
  });
});

describe('the public address', () => {
  it('is announced before the local one, with the same port', async () => {
    const { candidates } = await makePeer({ publicIp: '203.0.113.9' }).answer(await makeCaller().offer());
    const [mapped, local] = candidates.map((line) => line.split(' '));
    expect(mapped?.slice(4, 6)).toEqual(['203.0.113.9', local?.[5]]);
    expect(local?.[4]).toBe('127.0.0.1');
  });
});
