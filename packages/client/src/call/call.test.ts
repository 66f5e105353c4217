import { describe, expect, it } from 'vitest';
import { FakeMicrophones, FakePeer, fakeStream } from '../../test/fake-peer.ts';
import { FakeSignaling } from '../../test/fake-signaling.ts';
import { FakeTime, settled } from '../../test/fake-time.ts';
import type { CallState } from './call.machine.ts';
import { createCall } from './call.ts';
import type { Call } from './call.ts';

interface Caller {
  call: Call;
  gateway: FakeSignaling;
  peer: FakePeer;
  microphones: FakeMicrophones;
  time: FakeTime;
  /** Every state the call was in. */
  states: CallState['at'][];
  /** What happened outside of the call, in order. */
  order: string[];
}

function newCaller(): Caller {
  const gateway = new FakeSignaling();
  const peer = new FakePeer();
  const microphones = new FakeMicrophones();
  const time = new FakeTime();
  const order: string[] = [];
  const call = createCall({
    baseUrl: 'https://voice.test/',
    token: 'wct_1',
    callSid: () => {
      order.push(`named after ${gateway.offers.length} offers`);
      return 'Call-1';
    },
    mode: 'traditional',
    time,
    fetch: gateway.fetch,
    openSocket: gateway.openSocket,
    openMicrophone: microphones.openMicrophone,
    openPeer: peer.open,
  });
  const states: CallState['at'][] = [];
  call.subscribe(({ state }) => states.at(-1) !== state.at && states.push(state.at));
  return { call, gateway, peer, microphones, time, states, order };
}

/** A caller who talks with the agent. */
async function inCall(): Promise<Caller> {
  const caller = newCaller();
  caller.call.start();
  await settled();
  caller.peer.events.media('connected');
  await settled();
  return caller;
}

function candidate(port: number): { candidate: string; sdpMid: string; sdpMLineIndex: number } {
  return { candidate: `candidate:1 1 udp 1 127.0.0.1 ${port} typ host`, sdpMid: '0', sdpMLineIndex: 0 };
}

describe('a call', () => {
  it('goes from the microphone over offer and answer to live', async () => {
    const { call, gateway, peer, states, order } = await inCall();
    expect(states).toEqual(['asking-microphone', 'connecting', 'live']);
    expect(order).toEqual(['named after 0 offers']);
    expect(gateway.urls).toEqual(['wss://voice.test/api/v1/webrtc/signal']);
    expect(gateway.requests[0]?.url).toBe('https://voice.test/api/v1/ice-servers');
    expect(gateway.requests[0]?.headers.get('Authorization')).toBe('Bearer wct_1');
    expect(gateway.offers).toMatchObject([
      {
        sessionId: '',
        authToken: 'wct_1',
        callSid: 'Call-1',
        mode: 'traditional',
        data: { type: 'offer', sdp: 'offer 1' },
      },
    ]);
    expect(peer.iceServers).toEqual([{ urls: ['stun:127.0.0.1:3478'] }]);
    expect(peer.accepted).toEqual(['answer']);
    expect(call.snapshot()).toMatchObject({ hasMicrophone: true, isMuted: false });
  });

  it('hears the agent, and gives the stream away to be played', async () => {
    const { call, peer } = await inCall();
    const remote = fakeStream('agent');
    peer.events.remote(remote);
    expect(call.snapshot().remote).toBe(remote);
  });

  it('mutes, and presses keys, once there is somebody to hear them', async () => {
    const { call, peer, microphones } = newCaller();
    call.mute(true);
    call.start();
    await settled();
    expect(microphones.isMuted).toBe(true);
    expect(call.press('1')).toBe(false);
    peer.events.media('connected');
    expect(call.press('12#')).toBe(true);
    expect(peer.pressed).toBe('12#');
    call.mute(false);
    expect(microphones.isMuted).toBe(false);
    expect(call.snapshot().isMuted).toBe(false);
  });

  it('tells how good its path is', async () => {
    const { call, peer, time } = await inCall();
    expect(call.snapshot().quality).toBeUndefined();
    peer.nextCounts = { received: 100, lost: 0, jitterMs: 3, rttMs: 20 };
    await time.advance(2_000);
    expect(call.snapshot().quality?.grade).toBe('good');
    peer.nextCounts = { received: 170, lost: 30, jitterMs: 3, rttMs: 20 };
    await time.advance(2_000);
    expect(call.snapshot().quality).toMatchObject({ grade: 'poor', lossPercent: 30 });
    peer.events.media('interrupted');
    expect(call.snapshot().quality).toBeUndefined();
  });

  it('goes on with another microphone when the first one is pulled out, or with none', async () => {
    const { call, peer, microphones } = await inCall();
    microphones.unplug();
    expect(call.snapshot().hasMicrophone).toBe(false);
    await settled();
    expect(peer.microphone?.id).toBe('microphone 2');
    microphones.problem = { code: 'no-microphone' };
    microphones.unplug();
    await settled();
    expect(call.snapshot()).toMatchObject({ state: { at: 'live' }, hasMicrophone: false });
  });
});

describe('candidates', () => {
  it('of this end wait for the answer, which names the call', async () => {
    const { call, gateway, peer } = newCaller();
    gateway.answers = false;
    call.start();
    await settled();
    peer.events.candidate(candidate(1));
    peer.events.candidate(candidate(2));
    expect(gateway.of('ice-candidate')).toEqual([]);
    gateway.answer();
    peer.events.candidate(candidate(3));
    const sent = gateway.of('ice-candidate');
    expect(sent.map(({ data }) => data)).toEqual([candidate(1), candidate(2), candidate(3)]);
    expect(new Set(sent.map(({ sessionId }) => sessionId))).toEqual(new Set([gateway.sessionId]));
  });

  it('of the gateway are added', async () => {
    const { gateway, peer } = await inCall();
    gateway.tell({ type: 'ice-candidate', sessionId: gateway.sessionId, data: candidate(7) });
    expect(peer.candidates).toEqual([candidate(7)]);
  });
});

describe('a call that fails', () => {
  it('for its microphone never reaches the server', async () => {
    const { call, gateway, microphones } = newCaller();
    microphones.problem = { code: 'microphone-refused' };
    call.start();
    await settled();
    expect(call.snapshot().state).toMatchObject({ at: 'failed', problem: { code: 'microphone-refused' } });
    expect([gateway.urls, gateway.requests]).toEqual([[], []]);
  });

  it('keeps the words of the server, and lets go of everything', async () => {
    const { call, gateway, peer, microphones, time } = newCaller();
    gateway.answers = false;
    call.start();
    await settled();
    gateway.tell({ type: 'error', sessionId: '', data: { code: 'FORBIDDEN', message: 'Not permitted' } });
    const problem = { code: 'refused', reason: 'FORBIDDEN', message: 'Not permitted' };
    expect(call.snapshot()).toEqual({
      state: { at: 'failed', problem, lastedMs: 0 },
      isMuted: false,
      hasMicrophone: false,
    });
    expect([peer.isClosed, microphones.open, gateway.openSockets, time.waiting]).toEqual([true, 0, 0, 0]);
  });

  it('with a token that the server does not know is refused before it begins', async () => {
    const { call, gateway } = newCaller();
    gateway.iceServers = { status: 401, body: '{"error":"invalid auth token"}' };
    call.start();
    await settled();
    expect(call.snapshot().state).toMatchObject({
      problem: { code: 'refused', reason: 'UNAUTHORIZED', message: 'invalid auth token' },
    });
    expect(gateway.urls).toEqual([]);
  });

  it.each([
    ['there is no relay', '{"iceServers":[{"urls":["stun:s:1"]}]}', 'missing'],
    ['a relay did not help', '{"iceServers":[{"urls":["turn:t:1"],"username":"u","credential":"c"}]}', 'offered'],
    ['the servers could not be asked for', 'Not found', 'unknown'],
  ])('without a path says whether %s', async (_what, body, relay) => {
    const { call, gateway, peer } = newCaller();
    gateway.iceServers.body = body;
    call.start();
    await settled();
    expect(gateway.offers).toHaveLength(1);
    peer.events.media('failed');
    expect(call.snapshot().state).toMatchObject({ at: 'failed', problem: { code: 'no-connection', relay } });
  });

  it('for want of a path in 30 s', async () => {
    const { call, time } = newCaller();
    call.start();
    await settled();
    await time.advance(30_000);
    expect(call.snapshot().state).toMatchObject({ at: 'failed', problem: { code: 'no-connection' } });
  });

  it('when the server can not be reached, after 1, 2 and 4 s', async () => {
    const { call, gateway, time } = newCaller();
    gateway.isDown = true;
    call.start();
    await settled();
    for (const [ms, attempts] of [
      [1_000, 2],
      [2_000, 3],
      [4_000, 4],
    ] as const) {
      expect(call.snapshot().state.at).toBe('connecting');
      await time.advance(ms);
      expect(gateway.urls).toHaveLength(attempts);
    }
    expect(call.snapshot().state).toMatchObject({ at: 'failed', problem: { code: 'unreachable' } });
  });

  it('over an answer that is none', async () => {
    const { call, peer } = newCaller();
    peer.answerProblem = new Error('no SDP');
    call.start();
    await settled();
    expect(call.snapshot().state).toMatchObject({ at: 'failed', problem: { code: 'no-connection' } });
  });
});

describe('signaling that is lost', () => {
  it('leaves the call alone, and is picked up again by a candidate', async () => {
    const { call, gateway, peer, time } = await inCall();
    peer.events.candidate(candidate(1));
    gateway.drop();
    expect(call.snapshot().state.at).toBe('live');
    await time.advance(1_000);
    const sent = gateway.of('ice-candidate');
    expect(sent.map(({ data }) => data)).toEqual([candidate(1), candidate(1)]);
    gateway.tell({ type: 'close', sessionId: gateway.sessionId });
    expect(call.snapshot().state).toMatchObject({ at: 'ended', by: 'agent' });
  });

  it('brings along the candidates that were found meanwhile', async () => {
    const { gateway, peer, time } = await inCall();
    gateway.drop();
    peer.events.candidate(candidate(5));
    expect(gateway.of('ice-candidate')).toEqual([]);
    await time.advance(1_000);
    expect(gateway.of('ice-candidate').map(({ data }) => data)).toEqual([candidate(5)]);
  });

  it('before the answer sends the same offer again', async () => {
    const { call, gateway, peer, time } = newCaller();
    gateway.answers = false;
    call.start();
    await settled();
    gateway.drop(1000);
    await time.advance(1_000);
    expect(gateway.offers).toHaveLength(2);
    expect(gateway.offers[1]).toEqual(gateway.offers[0]);
    expect(peer.offers).toHaveLength(1);
    gateway.answer();
    gateway.answer('a second one');
    expect(peer.accepted).toEqual(['answer']);
  });

  it('of a live call is tried for as long as the call lasts', async () => {
    const { call, gateway, time } = await inCall();
    gateway.isDown = true;
    gateway.drop();
    await time.advance(60_000);
    expect(gateway.urls.length).toBeGreaterThan(12);
    gateway.isDown = false;
    await time.advance(4_000);
    expect(gateway.openSockets).toBe(1);
    expect(call.snapshot().state.at).toBe('live');
  });

  it('without a word is found out by a ping, and replaced', async () => {
    const { gateway, time } = await inCall();
    await time.advance(16_000);
    expect(gateway.of('ping').map(({ sessionId }) => sessionId)).toEqual([gateway.sessionId]);
    gateway.isDeaf = true;
    await time.advance(26_000);
    expect(gateway.urls.length).toBeGreaterThan(1);
    expect(gateway.openSockets).toBe(1);
  });
});

describe('a path that is lost', () => {
  it('is sought anew by an offer for the same call', async () => {
    const { call, gateway, peer, time } = await inCall();
    peer.events.media('interrupted');
    expect(call.snapshot().state.at).toBe('reconnecting');
    await time.advance(1_500);
    expect(peer.offers).toEqual([{ iceRestart: false }, { iceRestart: true }]);
    expect(gateway.offers[1]).toMatchObject({ sessionId: gateway.sessionId, authToken: 'wct_1' });
    expect(peer.accepted).toEqual(['answer', 'answer']);
    peer.events.media('connected');
    expect(call.snapshot().state.at).toBe('live');
  });

  it('waits for one answer before it makes another offer', async () => {
    const { gateway, peer, time } = await inCall();
    gateway.answers = false;
    peer.events.media('failed');
    await settled();
    await time.advance(7_000);
    expect(gateway.offers).toHaveLength(2);
    gateway.answer();
    await time.advance(6_000);
    expect(gateway.offers).toHaveLength(3);
  });

  it('and not found in 30 s is the end of the call', async () => {
    const { call, peer, time, microphones } = await inCall();
    await time.advance(5_000);
    peer.events.media('interrupted');
    await time.advance(30_000);
    expect(call.snapshot().state).toEqual({ at: 'failed', problem: { code: 'lost' }, lastedMs: 35_000 });
    expect([peer.isClosed, microphones.open, time.waiting]).toEqual([true, 0, 0]);
  });

  it('may be lost soon where the network has changed, so a new one is sought at once', async () => {
    const { call, gateway } = await inCall();
    call.networkChanged();
    await settled();
    expect(gateway.of('ping')).toHaveLength(1);
    expect(gateway.offers).toHaveLength(2);
    expect(call.snapshot().state.at).toBe('live');
  });
});

describe('hanging up', () => {
  it('tells the gateway by a message, and lets go of everything', async () => {
    const { call, gateway, peer, microphones, time } = await inCall();
    await time.advance(3_000);
    call.hangUp();
    expect(gateway.of('close')).toEqual([{ type: 'close', sessionId: gateway.sessionId }]);
    expect(call.snapshot().state).toEqual({ at: 'ended', by: 'caller', lastedMs: 3_000 });
    expect([peer.isClosed, microphones.open, gateway.openSockets, time.waiting]).toEqual([true, 0, 0, 0]);
  });

  it('while the browser still asks for the microphone gives it back', async () => {
    const { call, microphones, states } = newCaller();
    let allow = (): void => {};
    microphones.answer = new Promise((resolve) => {
      allow = resolve;
    });
    call.start();
    call.hangUp();
    allow();
    await settled();
    expect(microphones.open).toBe(0);
    expect(states).toEqual(['asking-microphone', 'ended']);
  });

  it('before the answer waits for it, and only then tells', async () => {
    const { call, gateway, time } = newCaller();
    gateway.answers = false;
    call.start();
    await settled();
    call.hangUp();
    expect(call.snapshot().state).toMatchObject({ at: 'ended', by: 'caller' });
    expect(gateway.of('close')).toEqual([]);
    gateway.answer();
    expect(gateway.of('close')).toEqual([{ type: 'close', sessionId: gateway.sessionId }]);
    expect([gateway.openSockets, time.waiting]).toEqual([0, 0]);
  });

  it('does not wait for an answer that never comes', async () => {
    const { call, gateway, time } = newCaller();
    gateway.answers = false;
    call.start();
    await settled();
    call.hangUp();
    await time.advance(2_000);
    expect([gateway.openSockets, time.waiting]).toEqual([0, 0]);
  });

  it('by the agent ends the call, and is confirmed', async () => {
    const { call, gateway } = await inCall();
    gateway.tell({ type: 'close', sessionId: gateway.sessionId });
    expect(call.snapshot().state).toMatchObject({ at: 'ended', by: 'agent' });
    expect(gateway.of('close')).toHaveLength(1);
    expect(gateway.openSockets).toBe(0);
  });
});

describe('messages that are none', () => {
  it.each(['', 'null', '{}', '{"type":"answer"}', '{"type":"answer","sessionId":"x","data":{"sdp":7}}', '[1]'])(
    '%s changes nothing',
    async (text) => {
      const { call, gateway } = await inCall();
      const before = call.snapshot();
      gateway.tellRaw(text);
      expect(call.snapshot()).toBe(before);
    },
  );
});
