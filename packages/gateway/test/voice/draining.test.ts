// A gateway that goes: calls get time, newcomers go elsewhere.
import { describe, expect, it } from 'vitest';
import { callingHouse, offerOf, placeCall, until } from './calling-house.ts';
import { echoed, sentStream } from './echo.ts';
import { offerNamed } from './offers.ts';

describe('a gateway that shuts down', () => {
  it('VOX-075 closes idle sockets with 1001, lets calls end by themselves, and takes no others', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const idle = await house.signaling();
    const call = await placeCall(house, { callSid: 'call' });
    let isGone = false;
    const gone = house.gateway.drain().then(() => (isGone = true));
    expect((await idle.closed).code).toBe(1001);
    await expect(house.signaling()).rejects.toThrow();
    await echoed(call.caller, sentStream(call.caller), Uint8Array.of(1, 2, 3));
    expect(isGone).toBe(false);
    call.line.send({ type: 'close', sessionId: call.sessionId });
    await gone;
    expect((await call.line.closed).code).toBe(1001);
    expect(house.calls.showCall('call')).toMatchObject({ outcome: 'user_close' });
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

  it('refuses offers on the sockets of calls', async () => {
    const house = await callingHouse({ server: { drainSeconds: 10 } });
    const { line, sessionId } = await placeCall(house);
    const other = await placeCall(house);
    void house.gateway.drain();
    line.send({ type: 'close', sessionId });
    line.send(offerOf(offerNamed('chromium')));
    expect((await line.next('error')).data).toEqual({ code: 'HANDLER_ERROR', message: 'Gateway busy' });
    other.line.send({ type: 'close', sessionId: other.sessionId });
    await until(() => house.calls.listCalls({ limit: 5 }).every(({ endedMs }) => endedMs !== null));
  });
});
