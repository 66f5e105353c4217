// Packets that are broken, hostile or too many: calls hear through them, and the process has room for the next one.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NativeCaller } from '../../src/voice/index.ts';
import { callingHouse, placeCall, until } from './calling-house.ts';
import type { CallingHouse, PlacedCall } from './calling-house.ts';
import { echoed, sentStream, toneSender } from './echo.ts';
import { rtpPacket } from './rtp.ts';

/** What a process may need more after a flood: nothing that came may be kept. */
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;

const rtpBeginnings = [
  [0x80, 111],
  [0x90, 111],
  [0xa0, 111],
  [0xbf, 0xff],
  [0x8f, 111],
  [0x00, 111],
  [0x80, 126],
];
const rtcpBeginnings = [
  [0x80, 200],
  [0x81, 201],
  [0x9f, 202],
  [0x81, 203],
  [0xbf, 205],
  [0x81, 206],
  [0x80, 207],
];

/** Sends bytes; what the caller's own stack refuses goes nowhere. */
function sendAnything(caller: NativeCaller, packet: Uint8Array): void {
  try {
    caller.send(packet);
  } catch {
    // Too short to be encrypted.
  }
}

/** An echo call and a call to an agent. */
async function twoCalls(house: CallingHouse): Promise<PlacedCall[]> {
  return [await placeCall(house), await placeCall(house, { mode: 'end-to-end' })];
}

/** Both calls go on: one echoes, the other's agent hears. */
async function expectSound(house: CallingHouse, [echo, talk]: PlacedCall[], sequence: number): Promise<void> {
  if (!echo || !talk) throw new Error('two calls are needed');
  await echoed(echo.caller, sentStream(echo.caller, { sequence }), Uint8Array.of(1, 2, 3));
  const puppet = await house.agents.puppet(0);
  const before = puppet.frames.withSound;
  const tone = await toneSender(talk.caller, sequence);
  await until(() => puppet.frames.withSound > before + 10);
  tone.stop();
  expect((await house.health()).activeSessions).toBe(2);
  expect(house.log.filter((line) => line.includes('A call broke'))).toEqual([]);
  expect([...echo.line.ofType('error'), ...talk.line.ofType('error')]).toEqual([]);
}

describe('a call', () => {
  it('goes on after a flood of packets, and keeps none of them', async () => {
    const house = await callingHouse();
    const calls = await twoCalls(house);
    const before = heldBytes();
    const payload = randomBytes(160);
    for (const { caller } of calls) {
      for (let sequence = 0; sequence < 25_000; sequence += 1) {
        sendAnything(
          caller,
          rtpPacket({ payloadType: 111, sequence, timestamp: sequence * 960, ssrc: caller.ssrc, payload }),
        );
        // The network of this machine takes only so many at once.
        if (sequence % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await expectSound(house, calls, 25_100);
    expect(heldBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
    const puppet = await house.agents.puppet(0);
    // A dialogue hears in real time, whatever comes.
    expect(puppet.frames.all).toBeLessThan(2_000);
  });

  it('hears through packets that are cut short, or made of anything', async () => {
    const house = await callingHouse();
    const calls = await twoCalls(house);
    const header = fc.constantFrom(...rtpBeginnings, ...rtcpBeginnings);
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        for (const { caller } of calls) sendAnything(caller, Uint8Array.of(...start, ...rest));
      }),
      { numRuns: 1_000 },
    );
    const whole = rtpPacket({
      payloadType: 111,
      sequence: 7,
      timestamp: 960,
      ssrc: calls[0]?.caller.ssrc ?? 0,
      payload: randomBytes(40),
    });
    for (let length = 0; length < whole.length; length += 1) {
      for (const { caller } of calls) sendAnything(caller, whole.subarray(0, length));
    }
    await expectSound(house, calls, 10_000);
  });

  it('is the caller’s, whoever else claims to speak in it', async () => {
    const house = await callingHouse();
    const calls = await twoCalls(house);
    await expectSound(house, calls, 1);
    for (const { caller } of calls) {
      for (let stranger = 1; stranger <= 2_000; stranger += 1) {
        const packet = { payloadType: 111, sequence: stranger * 7, timestamp: stranger, payload: randomBytes(20) };
        sendAnything(caller, rtpPacket({ ...packet, ssrc: stranger }));
      }
      // RTCP BYE in the caller's name, and one in everybody's.
      const goodbye = Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 0]);
      goodbye.writeUInt32BE(caller.ssrc, 4);
      sendAnything(caller, goodbye);
      sendAnything(caller, Buffer.concat([Buffer.from([0x9f, 203, 0, 31]), randomBytes(124)]));
    }
    await expectSound(house, calls, 500);
  });

  it('is nobody’s who doesn’t have its keys', async () => {
    const house = await callingHouse();
    const calls = await twoCalls(house);
    const socket = createSocket('udp4');
    for (const { answer } of calls) {
      const port = Number(/^a=candidate:.* (\d+) typ host/m.exec(answer)?.[1]);
      // Noise, and what looks like STUN, DTLS and SRTP at its first byte.
      for (const first of [0, 1, 20, 22, 63, 128, 191, 255]) {
        for (let length = 1; length < 1_500; length += 100) {
          const noise = randomBytes(length);
          noise[0] = first;
          await new Promise<void>((resolve) => socket.send(noise, port, '127.0.0.1', () => resolve()));
        }
      }
    }
    socket.close();
    await expectSound(house, calls, 1);
  });
});

/** What JavaScript holds in this process. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
