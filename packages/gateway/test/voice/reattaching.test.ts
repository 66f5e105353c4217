// Signaling that is lost and comes back: calls outlive their sockets, and are found again by their session.
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall } from './calling-house.ts';
import { echoed, sentStream } from './echo.ts';
import { offerNamed } from './offers.ts';

const deadCandidate = 'candidate:1 1 udp 1 192.0.2.1 50000 typ host';

describe('a call whose socket is lost', () => {
  it('VOX-065 goes on for more than a minute as if nothing had happened', async () => {
    const house = await callingHouse();
    const { caller, line, sessionId } = await placeCall(house, { callSid: 'call' });
    const stream = sentStream(caller);
    await house.lose(line);
    for (let seconds = 0; seconds <= 65; seconds += 5) {
      await echoed(caller, stream, Uint8Array.of(seconds, 1, 2, 3));
      house.time.skip(5_000);
    }
    expect((await house.health()).activeSessions).toBe(1);
    const back = await house.signaling();
    back.send({ type: 'close', sessionId });
    expect((await house.ended('call')).figures).toMatchObject({ signalingDrops: 1, signalingReattaches: 1 });
  });

  it.each([
    ['a candidate', { type: 'ice-candidate', data: { candidate: deadCandidate } }],
    ['the end of its candidates', { type: 'ice-candidate', data: null }],
    ['a ping', { type: 'ping' }],
  ])('VOX-066 is taken over by %s with its session: the agent’s hang-up arrives there', async (_what, message) => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    const puppet = await house.agents.puppet(0);
    const other = await house.signaling();
    other.send({ ...message, sessionId });
    await other.settle();
    puppet.host.hangUp('agent_hangup');
    expect(await other.next('close')).toMatchObject({ sessionId });
    await line.settle();
    expect(line.ofType('close')).toEqual([]);
    expect(other.ofType('error')).toEqual([]);
  });

  it('leaves the socket alone that another one took its place of', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house);
    const other = await house.signaling();
    other.sendCandidate(sessionId, deadCandidate);
    await other.settle();
    await line.settle();
    await house.lose(line);
    other.send({ type: 'close', sessionId });
    await house.untilCalls(0);
  });

  it.each([
    ['a candidate', { type: 'ice-candidate', data: { candidate: deadCandidate } }],
    ['a ping', { type: 'ping' }],
  ])('VOX-067 and that ends meanwhile is closed on the socket that comes back with %s', async (_what, message) => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const puppet = await house.agents.puppet(0);
    await house.lose(line);
    puppet.host.hangUp('agent_hangup');
    await house.ended('call');
    const other = await house.signaling();
    other.send({ ...message, sessionId });
    expect(await other.next('close')).toMatchObject({ type: 'close', sessionId });
    other.sendCandidate(sessionId, deadCandidate);
    await other.settle();
    house.time.skip(3_000);
    expect((await other.closed).code).toBe(1000);
    expect(other.heard).toHaveLength(1);
  });

  it('VOX-067 and that ends before the loss is noticed is closed on the new socket, too', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    (await house.agents.puppet(0)).host.hangUp('agent_hangup');
    await line.next('close');
    const other = await house.signaling();
    other.sendCandidate(sessionId, deadCandidate);
    expect(await other.next('close')).toEqual({ type: 'close', sessionId });
    other.send({ type: 'close', sessionId });
    const third = await house.signaling();
    await other.settle();
    third.sendCandidate(sessionId, deadCandidate);
    await third.settle();
    expect(third.heard).toEqual([]);
  });

  it('and that fails meanwhile says why to the socket that comes back', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(offerNamed('chromium'), { callSid: 'call' }));
    const { sessionId } = await line.next('answer');
    await house.lose(line);
    house.time.skip(30_000);
    await house.ended('call');
    const other = await house.signaling();
    other.sendCandidate(sessionId, deadCandidate);
    expect((await other.next('error')).data.code).toBe('MEDIA_BRIDGE_FAILURE');
  });

  it('is over for a client that comes back only to hang up: nothing more is said', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const puppet = await house.agents.puppet(0);
    await house.lose(line);
    puppet.host.hangUp('agent_hangup');
    await house.ended('call');
    const other = await house.signaling();
    other.send({ type: 'close', sessionId });
    await other.settle();
    expect(other.heard).toEqual([]);
  });

  it('VOX-068 may belong to a socket that says nothing: it is open after a quarter of an hour', async () => {
    const house = await callingHouse();
    const { caller, line } = await placeCall(house);
    await house.lose(line);
    const silent = await house.signaling();
    await house.pass(16 * 60_000, [silent]);
    await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
    await silent.settle();
    expect(silent.heard).toEqual([]);
  });
});

describe('an offer that is sent again while its call is set up', () => {
  it('VOX-069 has the same answer, with its candidates, and starts no second agent', async () => {
    const house = await callingHouse();
    const caller = makeCaller();
    const offer = offerOf(await caller.offer({ candidates: false }), { mode: 'end-to-end', callSid: 'A-1' });
    const first = await house.signaling();
    first.send(offer);
    const answer = await first.next('answer');
    await house.agents.puppet(0);

    const second = await house.signaling();
    second.send(offer);
    expect(await second.next('answer')).toEqual(answer);
    await second.next('ice-candidate');
    caller.applyAnswer(answer.data.sdp as string);
    await caller.connected;
    await second.settle();
    expect(second.ofType('answer')).toHaveLength(1);
    expect(second.ofType('error')).toEqual([]);
    expect(house.agents.puppets).toHaveLength(1);
    expect((await house.health()).activeSessions).toBe(1);
    house.agents.puppets[0]?.host.hangUp('agent_hangup');
    await second.next('close');
  });

  it('on the same socket has it, too', async () => {
    const house = await callingHouse();
    const offer = offerOf(offerNamed('chromium'), { callSid: 'A-1' });
    const line = await house.signaling();
    line.send(offer);
    line.send(offer);
    expect((await line.next('answer')).sessionId).toBe((await line.next('answer')).sessionId);
    expect((await house.health()).activeSessions).toBe(1);
  });

  it('is another call when it names another, or none', async () => {
    const house = await callingHouse();
    const sdp = offerNamed('chromium');
    const ids = new Set<string>();
    for (const callSid of ['a', 'A', null, null]) {
      const line = await house.signaling();
      line.send(offerOf(sdp, { callSid }));
      ids.add((await line.next('answer')).sessionId);
    }
    expect(ids.size).toBe(4);
  });
});

describe('the name of a call', () => {
  it('is taken as long as the call lives, for every other offer', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house, { callSid: 'taken' });
    const other = await house.signaling();
    other.send(offerOf(offerNamed('firefox'), { callSid: 'taken' }));
    expect((await other.next('error')).data).toEqual({ code: 'INVALID_ARGUMENT', message: 'Call SID already in use' });
    line.send({ type: 'close', sessionId });
    await house.untilCalls(0);
    other.send(offerOf(offerNamed('firefox'), { callSid: 'taken' }));
    await other.next('answer');
  });
});
