// How much a gateway takes: calls at once, sockets of an address, messages nobody reads.
import { describe, expect, it } from 'vitest';
import { hashToken } from '../../src/identity/index.ts';
import { callingHouse, offerOf, placeCall, until } from './calling-house.ts';
import { offerNamed } from './offers.ts';

const busy = { code: 'HANDLER_ERROR', message: 'Gateway busy' };

describe('calls at the same time', () => {
  it('are as many as the gateway has room for; the next one is told so, and finds a place when one is over', async () => {
    const house = await callingHouse({ voice: { maxConcurrentCalls: 2 } });
    const first = await placeCall(house);
    await placeCall(house);
    const line = await house.signaling();
    line.send(offerOf(offerNamed('chromium'), { callSid: 'third' }));
    expect(await line.next('error')).toEqual({ type: 'error', sessionId: '', data: busy });
    expect((await house.health()).activeSessions).toBe(2);
    first.line.send({ type: 'close', sessionId: first.sessionId });
    await house.untilCalls(1);
    line.send(offerOf(offerNamed('chromium'), { callSid: 'third' }));
    await line.next('answer');
  });

  it('are as many as a connector may have, whatever others have', async () => {
    const house = await callingHouse({
      connectors: [{ id: 'small', webrtcTokens: [hashToken('small-token')], maxConcurrentCalls: 1 }],
    });
    await placeCall(house, { authToken: 'small-token' });
    const line = await house.signaling();
    line.send(offerOf(offerNamed('chromium'), { authToken: 'small-token' }));
    expect((await line.next('error')).data).toEqual(busy);
    await placeCall(house);
  });

  it('may be changed by later offers when there is no room for more', async () => {
    const house = await callingHouse({ voice: { maxConcurrentCalls: 1 } });
    const { line, sessionId, offer } = await placeCall(house);
    line.send(
      offerOf(offer.replace('a=sendrecv', 'a=inactive').replace(/^o=(\S+ \S+) \d+/m, 'o=$1 99'), { sessionId }),
    );
    await line.next('answer');
  });

  it('VOX-088 are counted by /health, up and down, however they end', async () => {
    const house = await callingHouse();
    const counts: number[] = [];
    const count = async (): Promise<void> => {
      const { status, activeSessions } = await house.health();
      expect(status).toBe('healthy');
      counts.push(activeSessions);
    };
    await count();
    const closed = await placeCall(house);
    await count();
    const hungUp = await placeCall(house, { mode: 'end-to-end' });
    await count();
    const lost = await house.signaling();
    lost.send(offerOf(offerNamed('chromium')));
    await lost.next('answer');
    await count();
    const refused = await house.signaling();
    refused.send(offerOf('nothing'));
    await refused.next('error');
    await count();
    closed.line.send({ type: 'close', sessionId: closed.sessionId });
    await closed.line.settle();
    await count();
    (await house.agents.puppet(0)).host.hangUp('agent_hangup');
    await hungUp.line.next('close');
    await count();
    house.time.skip(30_000);
    await count();
    expect(counts).toEqual([0, 1, 2, 3, 3, 2, 1, 0]);
  });
});

describe('a socket', () => {
  it('VOX-076 is pinged at least every thirty seconds, and its own pings are answered', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    await line.ping();
    for (let halfMinutes = 1; halfMinutes <= 3; halfMinutes += 1) {
      const before = line.pings;
      house.time.skip(30_000);
      await line.ping();
      expect(line.pings).toBeGreaterThan(before);
    }
  });

  it('whose other end is gone is dropped without a word; its call goes on', async () => {
    const house = await callingHouse();
    const dead = await house.signaling({}, { autoPong: false });
    const { sessionId } = await placeCall(house, {}, { line: dead });
    for (let pings = 1; pings <= 2; pings += 1) {
      house.time.skip(25_000);
      await dead.ping();
    }
    house.time.skip(25_000);
    expect((await dead.closed).code).toBe(1006);
    expect((await house.health()).activeSessions).toBe(1);
    const back = await house.signaling();
    back.send({ type: 'close', sessionId });
    await house.untilCalls(0);
  });

  it('whose client doesn’t read what it asks for is closed with 1013', async () => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.pause();
    const sessionId = 'x'.repeat(100_000);
    for (let pings = 0; pings < 200; pings += 1) line.send({ type: 'ping', sessionId });
    await until(() => line.unsent === 0);
    line.resume();
    expect((await line.closed).code).toBe(1013);
    expect(line.signals.length).toBeLessThan(200);
  });

  it('is one of so many that an address may have', async () => {
    const house = await callingHouse({ limits: { connectionsPerAddress: 3 } });
    await Promise.all([house.signaling(), house.signaling(), house.signaling()]);
    await expect(house.signaling()).rejects.toThrow('429');
  });
});
