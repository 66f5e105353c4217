// The end of calls: who hangs up, what is said before, and when sockets go.
import { createSocket } from 'node:dgram';
import { createDecoder } from 'libopus-wasm';
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall, until } from './calling-house.ts';
import { offerNamed } from './offers.ts';
import { readRtp } from './rtp.ts';

describe('a caller who hangs up', () => {
  it('VOX-070 ends the call at once, and hears no error', async () => {
    const house = await callingHouse();
    const { caller, line, sessionId } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const puppet = await house.agents.puppet(0);
    await caller.nextPacket();
    const goodbye = caller.nextPacket(isGoodbye);
    line.send({ type: 'close', sessionId });
    await goodbye;
    expect(puppet.isClosed).toBe(true);
    expect((await house.health()).activeSessions).toBe(0);
    expect(await house.ended('call')).toMatchObject({ outcome: 'user_close' });
    let late = 0;
    caller.onPacket(() => (late += 1));
    house.time.skip(3_000);
    await line.settle();
    expect(late).toBe(0);
    expect(line.heard.map(({ type }) => type).filter((type) => type !== 'ice-candidate')).toEqual(['answer']);
    house.time.skip(3_000);
    expect((await line.closed).code).toBe(1000);
  });

  it('VOX-071 twice, or of a call that never was, or of none is not answered', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house);
    await line.settle();
    const before = line.heard.length;
    for (const id of [sessionId, sessionId, '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10', '', null, 7, undefined]) {
      line.send({ type: 'close', sessionId: id });
    }
    await line.settle();
    expect(line.heard).toHaveLength(before);
  });

  it('may do so from any socket', async () => {
    const house = await callingHouse();
    const { sessionId } = await placeCall(house);
    const other = await house.signaling();
    other.send({ type: 'close', sessionId });
    await house.untilCalls(0);
    await other.settle();
    expect(other.heard).toEqual([]);
  });
});

describe('an agent that hangs up', () => {
  it('VOX-073 is heard to its last word, then says so, and only then the socket is closed with 1000', async () => {
    const house = await callingHouse();
    const { caller, line } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const decoder = await createDecoder({ sampleRate: 48_000, channels: 1 });
    let heardMs = 0;
    caller.onPacket((packet) => {
      const rtp = readRtp(packet);
      if (rtp && line.ofType('close').length === 0 && hasSound(decoder.decode(rtp.payload))) heardMs += 20;
    });
    const puppet = await house.agents.puppet(0);
    await puppet.started;
    puppet.say(400);
    puppet.host.hangUp('agent_hangup');
    await line.next('close');
    expect(heardMs).toBeGreaterThanOrEqual(400);
    await line.settle();
    house.time.skip(3_000);
    expect((await line.closed).code).toBe(1000);
    expect(await house.ended('call')).toMatchObject({ outcome: 'agent_hangup' });
    decoder.free();
  });

  it('answers checks for half a second more, then lets the connection go', async () => {
    const house = await callingHouse();
    const { answer, line } = await placeCall(house, { mode: 'end-to-end' });
    const port = Number(/^a=candidate:.* (\d+) typ host/m.exec(answer)?.[1]);
    const puppet = await house.agents.puppet(0);
    puppet.host.hangUp('agent_hangup');
    await line.next('close');
    expect(await isFree(port)).toBe(false);
    house.time.skip(500);
    await until(() => isFree(port));
  });

  it('hears nothing of a client that answers its hang-up in kind', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    (await house.agents.puppet(0)).host.hangUp('agent_hangup');
    await line.next('close');
    const before = line.heard.length;
    line.send({ type: 'close', sessionId });
    await line.settle();
    expect(line.heard).toHaveLength(before);
  });
});

describe('a socket', () => {
  it('VOX-074 is closed with 1000 after a close or an error only', async () => {
    const house = await callingHouse({ puppets: { settings: { maxCallMs: 0 } } });
    const failing = await house.signaling();
    failing.send(offerOf(offerNamed('chromium'), { mode: 'end-to-end' }));
    await failing.next('answer');
    await failing.settle();
    house.time.skip(30_000);
    expect((await failing.next('error')).data.code).toBe('MEDIA_BRIDGE_FAILURE');
    await failing.settle();
    house.time.skip(3_000);
    expect((await failing.closed).code).toBe(1000);

    const ending = await placeCall(house, { mode: 'end-to-end' });
    await ending.line.next('close');
    await ending.line.settle();
    house.time.skip(3_000);
    expect((await ending.line.closed).code).toBe(1000);
  });

  it('VOX-074 is not closed for a call that is over when the next one has begun on it', async () => {
    const house = await callingHouse();
    const first = await placeCall(house);
    first.line.send({ type: 'close', sessionId: first.sessionId });
    const second = await placeCall(house, { mode: 'end-to-end' }, { line: first.line });
    const puppet = await house.agents.puppet(0);
    house.time.skip(10_000);
    await second.line.settle();
    puppet.host.hangUp('agent_hangup');
    await second.line.next('close');
    await second.line.settle();
    house.time.skip(3_000);
    expect((await second.line.closed).code).toBe(1000);
  });

  it('that is closed by its client ends nothing', async () => {
    const house = await callingHouse();
    const { line } = await placeCall(house);
    await line.close();
    house.time.skip(10_000);
    expect((await house.health()).activeSessions).toBe(1);
  });
});

describe('a call that can’t begin', () => {
  it('is given up when the caller doesn’t connect within 30 seconds', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(await makeCaller().offer({ candidates: false }), { callSid: 'call' }));
    const { sessionId } = await line.next('answer');
    house.time.skip(20_000);
    expect((await house.health()).activeSessions).toBe(1);
    house.time.skip(10_000);
    expect(await line.next('error')).toEqual({
      type: 'error',
      sessionId,
      data: { code: 'MEDIA_BRIDGE_FAILURE', message: 'Media connection failed' },
    });
    expect(await house.ended('call')).toMatchObject({ outcome: 'setup_timeout', connectedMs: null });
    expect((await house.health()).activeSessions).toBe(0);
  });

  it('for want of its agent is answered by one AGENT_FAILURE', async () => {
    const house = await callingHouse({ puppets: { beforeOpen: () => Promise.reject(new Error('no recogniser')) } });
    const line = await house.signaling();
    line.send(offerOf(offerNamed('chromium'), { mode: 'end-to-end', callSid: 'call' }));
    await line.next('answer');
    expect((await line.next('error')).data).toEqual({ code: 'AGENT_FAILURE', message: 'Agent unavailable' });
    expect(await house.ended('call')).toMatchObject({ outcome: 'agent_failure' });
    expect((await house.health()).activeSessions).toBe(0);
    await line.settle();
    expect(line.ofType('error')).toHaveLength(1);
  });
});

describe('an agent that fails', () => {
  it('before its first word is an AGENT_FAILURE, after it an apology and a close', async () => {
    const house = await callingHouse();
    const early = await placeCall(house, { mode: 'end-to-end', callSid: 'early' });
    (await house.agents.puppet(0)).host.failed(new Error('gone'));
    expect((await early.line.next('error')).data.code).toBe('AGENT_FAILURE');

    const late = await placeCall(house, { mode: 'end-to-end', callSid: 'late' });
    const puppet = await house.agents.puppet(1);
    await puppet.started;
    puppet.say(100);
    await until(() => puppet.host.mouth.playedMs('said-1') > 0);
    puppet.host.failed(new Error('gone'));
    await late.line.next('close');
    expect(puppet.announced).toHaveLength(1);
    expect(late.line.ofType('error')).toEqual([]);
    expect(await house.ended('late')).toMatchObject({ outcome: 'agent_failure' });
  });
});

describe('a call at its longest', () => {
  it('is told a minute before, then goodbye, and closed', async () => {
    const house = await callingHouse({ puppets: { settings: { maxCallMs: 120_000 } } });
    const { line } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const puppet = await house.agents.puppet(0);
    await puppet.started;
    house.time.skip(45_000);
    expect(puppet.announced).toEqual([]);
    await line.ping();
    house.time.skip(15_000);
    expect(puppet.announced).toHaveLength(1);
    await house.pass(60_000, [line]);
    expect(puppet.announced).toHaveLength(2);
    await line.next('close');
    expect(await house.ended('call')).toMatchObject({ outcome: 'max_duration' });
  });
});

/** RTCP BYE (RFC 3550, section 6.6), alone or behind a report. */
function isGoodbye(packet: Uint8Array): boolean {
  const bytes = Buffer.from(packet);
  for (let at = 0; at + 4 <= bytes.length; at += (bytes.readUInt16BE(at + 2) + 1) * 4) {
    if (bytes.readUInt8(at + 1) === 203) return true;
    if (bytes.readUInt8(at + 1) < 192) return false;
  }
  return false;
}

/** Whether a UDP port of this machine is nobody's. */
function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.on('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

function hasSound(samples: Int16Array): boolean {
  return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0) > 1_000;
}
