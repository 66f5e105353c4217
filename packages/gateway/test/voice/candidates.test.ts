// Candidates both ways at the wire, and calls that connect by them.
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf, placeCall } from './calling-house.ts';
import { openPath } from './cuttable-path.ts';

const never = '0b6f0d5e-6a56-4d0f-8b1d-5f2f0f6f9a10';

describe('the candidates of the gateway', () => {
  it('VOX-050 VOX-051 follow the answer, and say all that a browser wants to know', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house);
    await line.settle();
    const [first, ...rest] = line.heard;
    expect(first?.type).toBe('answer');
    expect(rest.length).toBeGreaterThan(0);
    for (const signal of rest) {
      expect(signal).toEqual({
        type: 'ice-candidate',
        sessionId,
        data: { candidate: expect.stringMatching(/^candidate:\S/), sdpMid: '0', sdpMLineIndex: 0 },
      });
    }
  });

  it('VOX-052 are few, and so is all else that a call brings in its first seconds', async () => {
    const house = await callingHouse({ voice: { bindAddress: '0.0.0.0', publicIp: '203.0.113.9' } });
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    for (let index = 0; index < 200; index += 1) {
      line.sendCandidate(sessionId, `candidate:${index} 1 udp 1 192.0.2.1 ${20_000 + index} typ host`);
    }
    house.time.skip(5_000);
    await line.settle();
    expect(line.heard.length).toBeLessThan(60);
  });

  it('VOX-053 suffice in the answer alone', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    line.send(offerOf(await caller.offer({ candidates: false })));
    const { data } = await line.next('answer');
    expect(data.sdp).toContain('a=candidate:');
    caller.applyAnswer(data.sdp as string);
    await caller.connected;
  });

  it('VOX-054 suffice behind the answer alone', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    line.send(offerOf(await caller.offer({ candidates: false })));
    const { data } = await line.next('answer');
    caller.applyAnswer((data.sdp as string).replaceAll(/a=candidate:.*\r\n/g, ''));
    caller.addCandidate((await line.next('ice-candidate')).data.candidate as string);
    await caller.connected;
  });
});

describe('the candidates of a client', () => {
  it('VOX-055 VOX-056 VOX-058 may be anything and never end: none is an error, and the call connects', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    line.send(offerOf(await caller.offer({ candidates: false })));
    const { sessionId, data } = await line.next('answer');
    for (const candidate of [
      '',
      null,
      'garbage',
      'candidate:',
      'a=candidate:1 1 UDP 1 192.0.2.1 50000 typ host',
      'candidate:1 1 udp 2122262783 4c1d8a4a-0d5d-4f0f-9c0a-111111111111.local 50000 typ host generation 0',
      'candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active',
      'candidate:1 2 udp 2122262782 127.0.0.1 50000 typ host',
      'candidate:1 1 udp 99999999999 127.0.0.1 99999 typ host',
      'candidate:1 1 udp 1 127.0.0.1 0 typ host',
      '\u0000\u0007'.repeat(1_000),
      'x'.repeat(100_000),
    ]) {
      line.sendCandidate(sessionId, candidate);
    }
    line.send({ type: 'ice-candidate', sessionId, data: null });
    line.send({ type: 'ice-candidate', sessionId });
    line.send({ type: 'ice-candidate', sessionId, data: [] });
    line.send({ type: 'ice-candidate', sessionId, data: { candidate: 7, sdpMid: [], sdpMLineIndex: 'x' } });
    await line.settle();
    caller.applyAnswer(data.sdp as string);
    const [own = ''] = await caller.candidates();
    line.sendCandidate(sessionId, own, { sdpMid: null, sdpMLineIndex: null });
    line.sendCandidate(sessionId, own, { usernameFragment: 'x' });
    await caller.connected;
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
  });

  it('VOX-057 that come before the answer, for no session, are used', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    line.send(offerOf(await caller.offer({ candidates: false })));
    const [own] = await caller.candidates();
    const { candidate, ...path } = await openPath(`a=${own}`);
    // This caller refuses a certificate that comes before it has read the answer.
    path.cut();
    line.sendCandidate('', candidate);
    line.sendCandidate(null, candidate);
    line.send({ type: 'ice-candidate', data: { candidate } });
    const { data } = await line.next('answer');
    // Without an address of ours the client can't find us: we have to find it.
    caller.applyAnswer((data.sdp as string).replaceAll(/a=candidate:.*\r\n/g, ''));
    path.mend();
    await caller.connected;
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
  });

  it('are answered INVALID_MESSAGE when they name no session and no offer came before', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.sendCandidate('', 'candidate:1 1 udp 1 127.0.0.1 50000 typ host');
    expect((await line.next('error')).data.code).toBe('INVALID_MESSAGE');
  });

  it('are no error behind an offer that was refused', async () => {
    const house = await callingHouse();
    const [line, caller] = [await house.signaling(), makeCaller()];
    const offer = await caller.offer({ candidates: false });
    line.send(offerOf(offer, { authToken: 'wrong' }));
    for (const candidate of await caller.candidates()) line.sendCandidate('', candidate);
    line.send(offerOf(offer));
    await line.next('answer');
    expect(line.ofType('error').map(({ data }) => data.code as string)).toEqual(['UNAUTHORIZED']);
  });

  it('VOX-072 for a call that is over are no error, for one that never was they are', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house);
    const candidate = 'candidate:1 1 udp 1 127.0.0.1 50000 typ host';
    line.send({ type: 'close', sessionId });
    line.sendCandidate(sessionId, candidate);
    const other = await house.signaling();
    other.sendCandidate(sessionId, candidate);
    house.time.skip(3_000);
    line.sendCandidate(sessionId, candidate);
    await line.settle();
    house.time.skip(45_000);
    other.sendCandidate(sessionId, candidate);
    await other.settle();
    expect([...line.ofType('error'), ...other.ofType('error')]).toEqual([]);

    other.sendCandidate(never, candidate);
    expect(await other.next('error')).toEqual({
      type: 'error',
      sessionId: never,
      data: { code: 'HANDLER_ERROR', message: 'Session not found' },
    });
    house.time.skip(15_000);
    other.sendCandidate(sessionId, candidate);
    expect(await other.next('error')).toMatchObject({ sessionId, data: { code: 'HANDLER_ERROR' } });
  });

  it('for another call than the socket’s are refused, and both calls go on', async () => {
    const house = await callingHouse();
    const one = await placeCall(house);
    const other = await placeCall(house);
    one.line.sendCandidate(other.sessionId, 'candidate:1 1 udp 1 127.0.0.1 50000 typ host');
    expect(await one.line.next('error')).toMatchObject({
      sessionId: other.sessionId,
      data: { code: 'HANDLER_ERROR', message: 'Session already open' },
    });
    await other.line.settle();
    expect(other.line.ofType('error')).toEqual([]);
    expect((await house.health()).activeSessions).toBe(2);
  });

  it('come by thousands at once, and do no harm', async () => {
    const house = await callingHouse();
    const { line, sessionId } = await placeCall(house);
    for (let index = 0; index < 5_000; index += 1) {
      line.sendCandidate(sessionId, `candidate:${index} 1 udp 1 127.0.0.1 ${1024 + index} typ host`);
    }
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
    expect((await house.health()).activeSessions).toBe(1);
  });
});
