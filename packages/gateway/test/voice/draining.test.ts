// A gateway that goes: calls get time, newcomers go elsewhere.
import { describe, expect, it } from 'vitest';
import { refusedHandshake } from '../wire-client.ts';
import { callingHouse, offerOf, placeCall, until } from './calling-house.ts';
import { echoed, sentStream } from './echo.ts';
import { offerNamed } from './offers.ts';

describe('a gateway that shuts down', () => {
  it('VOX-075 closes idle sockets with 1001, and lets calls end by themselves', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const idle = await house.signaling();
    const call = await placeCall(house, { callSid: 'call' });
    let isGone = false;
    const gone = house.gateway.drain().then(() => (isGone = true));
    expect((await idle.closed).code).toBe(1001);
    await echoed(call.caller, sentStream(call.caller), Uint8Array.of(1, 2, 3));
    expect(isGone).toBe(false);
    call.line.send({ type: 'close', sessionId: call.sessionId });
    await gone;
    expect((await call.line.closed).code).toBe(1001);
    expect(house.calls.showCall('call')).toMatchObject({ outcome: 'user_close' });
    await expect(house.signaling()).rejects.toThrow();
  });

  it('VOX-075 has a caller back whose socket is lost, on another one', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const { line, sessionId } = await placeCall(house, { callSid: 'call' });
    const gone = house.gateway.drain();
    line.drop();
    await line.closed;
    const back = await house.signaling();
    back.send({ type: 'ping', sessionId });
    await back.next('pong');
    house.time.skip(10_000);
    expect(await back.next('close')).toEqual({ type: 'close', sessionId });
    expect((await back.closed).code).toBe(1001);
    await gone;
  });

  it('is not ready, but answers what operators ask, and sends everybody else away', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const chat = await house.chat();
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end' });
    const gone = house.gateway.drain();
    expect((await chat.client.closed).code).toBe(1001);
    const ready = await fetch(`${house.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining' }]);
    expect(await house.health()).toEqual({ status: 'healthy', activeSessions: 1 });
    expect((await fetch(`${house.url}/metrics`)).status).toBe(200);
    const refused = await fetch(`${house.url}/api/v1/access-token`, { method: 'POST' });
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    // SDKs keep their session when a handshake fails without an answer.
    const query = { session_id: chat.sessionId, access_token: chat.token };
    await expect(refusedHandshake(house.socketUrl(query))).rejects.toThrow('hang up');
    line.send({ type: 'close', sessionId });
    await gone;
    await expect(house.health()).rejects.toThrow();
  });

  it('VOX-075 hangs up what is left after the grace, and then closes with 1001', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const { line, sessionId } = await placeCall(house, { mode: 'end-to-end', callSid: 'call' });
    const gone = house.gateway.drain();
    await line.settle();
    house.time.skip(10_000);
    expect(await line.next('close')).toEqual({ type: 'close', sessionId });
    expect((await line.closed).code).toBe(1001);
    await gone;
    expect(house.calls.showCall('call')).toMatchObject({ outcome: 'shutdown' });
    expect(house.agents.puppets[0]?.isClosed).toBe(true);
  });

  it('refuses offers, on the sockets of calls and on new ones', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const { line, sessionId } = await placeCall(house);
    const other = await placeCall(house);
    void house.gateway.drain();
    line.send({ type: 'close', sessionId });
    for (const socket of [line, await house.signaling()]) {
      socket.send(offerOf(offerNamed('chromium')));
      expect((await socket.next('error')).data).toEqual({ code: 'HANDLER_ERROR', message: 'Gateway busy' });
    }
    other.line.send({ type: 'close', sessionId: other.sessionId });
    await until(() => house.calls.listCalls({ limit: 5 }).every(({ endedMs }) => endedMs !== null));
  });
});
