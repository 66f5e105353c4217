// The audio of calls on the wire: what an agent's sounds like, what a muted caller's does not do.
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, placeCall, until } from './calling-house.ts';
import { echoed, sentStream, toneSender } from './echo.ts';
import { readRtp } from './rtp.ts';
import type { RtpParts } from './rtp.ts';

describe('the audio of an agent', () => {
  it('VOX-091 is one stream without gaps, 20 ms a packet, whether something is said or not', async () => {
    const house = await callingHouse();
    const { caller, answer } = await placeCall(house, { mode: 'end-to-end' });
    const packets: RtpParts[] = [];
    caller.onPacket((packet) => {
      const rtp = readRtp(packet);
      if (rtp) packets.push(rtp);
    });
    const puppet = await house.agents.puppet(0);
    await puppet.started;
    puppet.say(200);
    await until(() => packets.length >= 20);
    puppet.say(200);
    await until(() => packets.length >= 50);
    const ssrc = Number(/^a=ssrc:(\d+) cname:/m.exec(answer)?.[1]);
    for (const [index, packet] of packets.entries()) {
      const before = packets[index - 1];
      expect(packet).toMatchObject({ ssrc, payloadType: 111 });
      if (!before) continue;
      expect((packet.sequence - before.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - before.timestamp) >>> 0).toBe(960);
    }
  });

  it('goes out on the payload type that the caller offered', async () => {
    const house = await callingHouse();
    const { caller } = await placeCall(house, { mode: 'end-to-end' }, { caller: makeCaller({ opusPayloadType: 96 }) });
    const packet = await caller.nextPacket((each) => readRtp(each) !== undefined);
    expect(readRtp(packet)?.payloadType).toBe(96);
  });
});

describe('a caller', () => {
  it('is heard by the agent', async () => {
    const house = await callingHouse();
    const { caller } = await placeCall(house, { mode: 'end-to-end' });
    const puppet = await house.agents.puppet(0);
    const tone = await toneSender(caller);
    await until(() => puppet.frames.withSound > 10);
    tone.stop();
  });

  it('VOX-097 who is muted for two minutes, in whatever way, is still in the call', async () => {
    const house = await callingHouse();
    const { caller, line } = await placeCall(house, { mode: 'end-to-end' });
    const puppet = await house.agents.puppet(0);
    const stream = sentStream(caller);
    // Silence of Opus: all packets of it, now and then one (DTX), none at all.
    for (const packets of [10, 1, 0]) {
      for (let sent = 0; sent < packets; sent += 1) stream.send(Uint8Array.of(0xf8, 0xff, 0xfe));
      await house.pass(120_000, [line]);
    }
    expect(puppet.isClosed).toBe(false);
    expect(line.ofType('close')).toEqual([]);
    const tone = await toneSender(caller, 1_000);
    await until(() => puppet.frames.withSound > 10);
    tone.stop();
    expect((await house.health()).activeSessions).toBe(1);
  });

  it('who is echoed hears his packets in their order under counters of ours', async () => {
    const house = await callingHouse();
    const { caller, answer } = await placeCall(house);
    const stream = sentStream(caller, { sequence: 65_530 });
    const back: RtpParts[] = [];
    for (let payload = 0; payload < 10; payload += 1)
      back.push(await echoed(caller, stream, Uint8Array.of(payload, 9)));
    const ssrc = Number(/^a=ssrc:(\d+) cname:/m.exec(answer)?.[1]);
    expect(new Set(back.map((packet) => packet.ssrc))).toEqual(new Set([ssrc]));
    for (const [index, packet] of back.slice(1).entries()) {
      expect((packet.sequence - (back[index]?.sequence ?? 0)) & 0xffff).toBeLessThan(100);
    }
  });
});
