// What must stand in no log: the secrets of calls, the tokens, and what people say.
import { describe, expect, it } from 'vitest';
import { callingHouse, offerOf, placeCall } from './calling-house.ts';
import { offerNamed } from './offers.ts';

/** What the line at the end of a call tells, at least. */
const wholeRecord = {
  callId: expect.any(String),
  outcome: expect.any(String),
  mode: expect.any(String),
  startedMs: expect.any(Number),
  endedMs: expect.any(Number),
  offerToAnswerMs: expect.any(Number),
  interruptions: 0,
  turns: [],
};

describe('the log', () => {
  it('has a line for each call, and no secret in any', async () => {
    const house = await callingHouse();
    const secrets = [
      'parley-demo-webrtc-token',
      'parley-demo-token',
      'a-token-nobody-has',
      'my secret words',
      'Jane Doe',
      '4711',
    ];
    const call = await placeCall(house, { mode: 'traditional', callSid: 'told', caller: 'Jane Doe', callee: '4711' });
    const puppet = await house.agents.puppet(0);
    const { host } = puppet;
    host.session.execute({ type: 'call-heard', callId: host.callId, text: 'my secret words', input: 'speech' });
    const echo = await placeCall(house, { callSid: 'echo' });

    const line = await house.signaling();
    line.send(offerOf(offerNamed('chromium'), { authToken: 'a-token-nobody-has' }));
    line.send(offerOf('v=0', { sessionId: call.sessionId }));
    line.sendCandidate(call.sessionId, 'garbage');
    line.send({ type: 'nonsense', sessionId: echo.sessionId });
    await line.settle();
    host.failed(new Error('the model is gone'));
    await house.ended('told');
    line.send({ type: 'close', sessionId: echo.sessionId });
    await house.ended('echo');
    const lost = await house.signaling();
    lost.send(offerOf(offerNamed('firefox'), { mode: 'end-to-end' }));
    const { sessionId } = await lost.next('answer');
    house.time.skip(30_000);
    await lost.next('error');

    for (const sdp of [call.offer, call.answer, echo.offer, echo.answer]) {
      secrets.push(/ice-pwd:(\S+)/.exec(sdp)?.[1] ?? 'no password');
    }
    secrets.push(call.sessionId, echo.sessionId, sessionId);
    const ends = house.log.filter((each) => each.startsWith('A call ended'));
    expect(ends).toHaveLength(3);
    for (const end of ends) expect(JSON.parse(end.replace('A call ended ', ''))).toMatchObject(wholeRecord);
    for (const secret of secrets) expect(house.log.filter((each) => each.includes(secret))).toEqual([]);
  });

  it('tells calls apart by an id that opens nothing', async () => {
    const house = await callingHouse();
    const { sessionId } = await placeCall(house, { callSid: 'call' });
    const line = await house.signaling();
    line.send({ type: 'close', sessionId });
    const { callId } = await house.ended('call');
    expect(house.log.filter((each) => each.includes(callId))).not.toEqual([]);
    expect(callId).not.toBe(sessionId);
    const other = await placeCall(house, { callSid: 'other' });
    const { callId: otherId } = house.calls.listCalls({ limit: 1 })[0] ?? { callId: '' };
    line.send({ type: 'close', sessionId: otherId });
    line.sendCandidate(callId, 'candidate:1 1 udp 1 127.0.0.1 50000 typ host');
    expect((await line.next('error')).data.code).toBe('HANDLER_ERROR');
    expect((await house.health()).activeSessions).toBe(1);
    expect(other.line.ofType('close')).toEqual([]);
  });
});
