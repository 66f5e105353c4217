// Calls one after the other: what is counted at the end is what was counted at the beginning.
import { describe, expect, it } from 'vitest';
import { callingHouse, offerOf, placeCall } from './calling-house.ts';
import type { CallingHouse } from './calling-house.ts';
import { offerNamed } from './offers.ts';

/** Ports for media: fewer than there are calls, so that each call has to give its own back. */
const PORTS: [number, number] = [20_320, 20_327];

/** What is left when nothing has happened for a while: calls are remembered for a minute, sessions rest a little. */
async function restingHouse(house: CallingHouse): Promise<{ waits: number; sessions: number }> {
  await house.pass(5 * 60_000, []);
  const text = await (await fetch(`${house.url}/metrics`)).text();
  return { waits: house.time.waits, sessions: Number(/^parley_sessions_loaded (\d+)/m.exec(text)?.[1]) };
}

describe('a hundred calls', () => {
  it('leave no call, session, dialogue, timer or port behind', async () => {
    const house = await callingHouse({ voice: { portRange: PORTS } });
    const before = await restingHouse(house);
    const line = await house.signaling();
    const sdp = offerNamed('chromium');
    for (let index = 0; index < 100; index += 1) {
      line.send(offerOf(sdp, { mode: index % 2 === 0 ? 'end-to-end' : 'echo', callSid: `call-${index}` }));
      const { sessionId } = await line.next('answer');
      line.send({ type: 'close', sessionId });
      await house.ended(`call-${index}`);
    }
    expect((await house.health()).activeSessions).toBe(0);
    await line.settle();
    expect(line.ofType('error')).toEqual([]);
    expect(await restingHouse(house)).toEqual(before);
    expect(house.agents.puppets.filter((puppet) => !puppet.isClosed)).toEqual([]);
    expect(house.log.filter((each) => each.startsWith('A call ended'))).toHaveLength(100);
  });

  it('that hang up before their agent is there leave nothing, either', async () => {
    const opening = Promise.withResolvers<void>();
    const house = await callingHouse({ puppets: { beforeOpen: () => opening.promise } });
    const before = await restingHouse(house);
    const line = await house.signaling();
    for (let index = 0; index < 20; index += 1) {
      line.send(offerOf(offerNamed('chromium'), { mode: 'end-to-end', callSid: `call-${index}` }));
      const { sessionId } = await line.next('answer');
      line.send({ type: 'close', sessionId });
      await house.ended(`call-${index}`);
    }
    opening.resolve();
    await line.settle();
    expect(await restingHouse(house)).toEqual(before);
    expect(house.agents.puppets.filter((puppet) => !puppet.isClosed)).toEqual([]);
  });

  it('at the same time end together when the gateway does', async () => {
    const house = await callingHouse();
    const calls = await Promise.all(Array.from({ length: 10 }, () => placeCall(house, { mode: 'end-to-end' })));
    await house.agents.puppet(9);
    expect((await house.health()).activeSessions).toBe(10);
    await house.gateway.close();
    await Promise.all(calls.map(({ line }) => line.closed));
    for (const { line } of calls) expect(line.ofType('close')).toHaveLength(1);
    expect(house.agents.puppets.filter((puppet) => !puppet.isClosed)).toEqual([]);
    expect(house.calls.listCalls({ limit: 20 }).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 10 }, () => 'shutdown'),
    );
  });
});
