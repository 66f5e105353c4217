// The audio of calls on the wire: what an agent's sounds like, what a muted caller's does not do.
import { createDecoder } from 'libopus-wasm';
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall, until } from './calling-house.ts';
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

describe('a caller who', () => {
  it('VOX-040 only listens is only spoken to, and hears the agent', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    const offer = await caller.offer({ candidates: false });
    line.send(offerOf(offer.replace('a=sendrecv', 'a=recvonly'), { mode: 'end-to-end' }));
    const sdp = (await line.next('answer')).data.sdp as string;
    expect(sdp).toContain('a=sendonly\r\n');
    // The caller's own stack has offered both directions.
    caller.applyAnswer(sdp.replace('a=sendonly', 'a=sendrecv'));
    const puppet = await house.agents.puppet(0);
    await puppet.started;
    puppet.say(200);
    const decoder = await createDecoder({ sampleRate: 48_000, channels: 1 });
    await caller.nextPacket((packet) => {
      const rtp = readRtp(packet);
      return rtp !== undefined && decoder.decode(rtp.payload).some((sample) => Math.abs(sample) > 1_000);
    });
    decoder.free();
  });

  it('only speaks, or holds the call, is sent nothing', async () => {
    const house = await callingHouse();
    const { line, caller, offer, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    const held = offer.replace('a=sendrecv', 'a=sendonly').replace(/^o=(\S+ \S+) \d+/m, 'o=$1 99');
    line.send(offerOf(held, { sessionId, mode: 'end-to-end' }));
    expect((await line.next('answer')).data.sdp).toContain('a=recvonly\r\n');
    let packets = 0;
    caller.onPacket(() => (packets += 1));
    const puppet = await house.agents.puppet(0);
    // What was on its way when the answer was sent may still arrive.
    const { all } = puppet.frames;
    await until(() => puppet.frames.all > all + 25);
    expect(packets).toBeLessThan(5);
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
