// Later offers of a call that goes on: ICE restarts, holds, and those who may not.
import { describe, expect, it } from 'vitest';
import { hashToken } from '../../src/identity/index.ts';
import { callingHouse, makeCaller, offerOf, placeCall } from './calling-house.ts';
import { echoed, sentStream } from './echo.ts';
import { offerNamed } from './offers.ts';
import { readRtp } from './rtp.ts';

/** The same offer with another version in its o-line, and changed as wished. */
function nextOffer(offer: string, change: (sdp: string) => string = (sdp) => sdp): string {
  return change(
    offer.replace(
      /^o=(\S+ \S+) (\d+)/m,
      (_line, origin: string, version: string) => `o=${origin} ${Number(version) + 1}`,
    ),
  );
}

describe('an offer with the session of a call', () => {
  it('VOX-077 and new ICE credentials has one answer: the audio goes on, and so does the conversation', async () => {
    const house = await callingHouse();
    const { line, sessionId, caller } = await placeCall(house, { mode: 'traditional', callSid: 'call' });
    const puppet = await house.agents.puppet(0);
    await puppet.started;
    const { session } = puppet.host;
    session.execute({ type: 'call-heard', callId: puppet.host.callId, text: 'Hello there', input: 'speech' });
    await caller.nextPacket();

    const moved = makeCaller();
    line.send(offerOf(await moved.offer({ candidates: false }), { sessionId, mode: 'traditional', callSid: 'call' }));
    const answer = await line.next('answer');
    expect(answer.sessionId).toBe(sessionId);
    const { data } = await line.next('ice-candidate');
    moved.applyAnswer((answer.data.sdp as string).replaceAll(/a=candidate:.*\r\n/g, ''));
    moved.addCandidate(data.candidate as string);
    await moved.connected;
    await moved.nextPacket((packet) => readRtp(packet) !== undefined);

    await line.settle();
    expect(line.ofType('answer')).toHaveLength(2);
    expect(line.ofType('error')).toEqual([]);
    expect(house.agents.puppets).toHaveLength(1);
    expect(puppet.isClosed).toBe(false);
    expect(puppet.host.session).toBe(session);
    expect(session.transcript.lines.map(({ text }) => text)).toContain('Hello there');
    expect((await house.health()).activeSessions).toBe(1);
  });

  it('VOX-078 without a token is UNAUTHORIZED, with another project’s FORBIDDEN, and the call goes on', async () => {
    const house = await callingHouse({
      connectors: [{ id: 'other', project: 'other', webrtcTokens: [hashToken('other-token')] }],
    });
    const { line, sessionId, offer, caller } = await placeCall(house);
    const again = nextOffer(offer, (sdp) => sdp.replace('a=sendrecv', 'a=inactive'));
    const other = await house.signaling();
    other.send(offerOf(again, { sessionId, authToken: null }));
    expect(await other.next('error')).toMatchObject({ sessionId, data: { code: 'UNAUTHORIZED' } });
    other.send(offerOf(again, { sessionId, authToken: 'other-token' }));
    expect(await other.next('error')).toMatchObject({ sessionId, data: { code: 'FORBIDDEN' } });
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
    await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
    line.send({ type: 'close', sessionId });
    await house.untilCalls(0);
    await other.settle();
    expect(other.heard).toHaveLength(2);
  });

  it('may hold the call and take it up again, one answer each', async () => {
    const house = await callingHouse();
    const { line, sessionId, offer, caller } = await placeCall(house);
    const held = nextOffer(offer, (sdp) => sdp.replace('a=sendrecv', 'a=inactive'));
    line.send(offerOf(held, { sessionId }));
    expect((await line.next('answer')).data.sdp).toContain('a=inactive\r\n');
    line.send(
      offerOf(
        nextOffer(held, (sdp) => sdp.replace('a=inactive', 'a=sendrecv')),
        { sessionId },
      ),
    );
    expect((await line.next('answer')).data.sdp).toContain('a=sendrecv\r\n');
    await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
    expect(line.ofType('error')).toEqual([]);
  });

  it('from another socket brings the call there', async () => {
    const house = await callingHouse();
    const { sessionId, offer } = await placeCall(house, { mode: 'end-to-end' });
    const other = await house.signaling();
    other.send(offerOf(nextOffer(offer), { sessionId, mode: 'end-to-end' }));
    await other.next('answer');
    (await house.agents.puppet(0)).host.hangUp('agent_hangup');
    await other.next('close');
  });

  it('on a socket with another call is refused, and both go on', async () => {
    const house = await callingHouse();
    const [one, other] = [await placeCall(house), await placeCall(house)];
    one.line.send(offerOf(nextOffer(other.offer), { sessionId: other.sessionId }));
    expect(await one.line.next('error')).toMatchObject({
      sessionId: other.sessionId,
      data: { code: 'HANDLER_ERROR', message: 'Session already open' },
    });
    one.line.send(offerOf(offerNamed('chromium')));
    expect((await one.line.next('error')).data.message).toBe('Session already open');
    expect((await house.health()).activeSessions).toBe(2);
  });

  it('that is over is HANDLER_ERROR', async () => {
    const house = await callingHouse();
    const { line, sessionId, offer } = await placeCall(house);
    line.send({ type: 'close', sessionId });
    line.send(offerOf(nextOffer(offer), { sessionId }));
    expect((await line.next('error')).data).toEqual({ code: 'HANDLER_ERROR', message: 'Session not found' });
  });

  it.each([
    ['no SDP', () => 'hello', 'INVALID_MESSAGE'],
    ['an SDP without audio', (sdp: string) => sdp.slice(0, sdp.indexOf('m=audio')), 'MEDIA_BRIDGE_FAILURE'],
    [
      'other m-lines',
      (sdp: string) => sdp.replace('m=audio', 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio'),
      'MEDIA_BRIDGE_FAILURE',
    ],
  ])('and %s leaves the call as it is', async (_what, change, code) => {
    const house = await callingHouse();
    const { sessionId, offer, caller } = await placeCall(house);
    const other = await house.signaling();
    other.send(offerOf(nextOffer(offer, change), { sessionId }));
    expect((await other.next('error')).data.code).toBe(code);
    await echoed(caller, sentStream(caller), Uint8Array.of(1, 2, 3));
    expect((await house.health()).activeSessions).toBe(1);
  });
});
