// Callers who vanish, for good or for a moment. Whether somebody is still there is decided natively, in real time.
import { describe, expect, it } from 'vitest';
import { callingHouse, makeCaller, offerOf } from './calling-house.ts';
import type { CallingHouse } from './calling-house.ts';
import { openPath } from './cuttable-path.ts';
import type { CuttablePath } from './cuttable-path.ts';
import { toneSender } from './echo.ts';
import type { SignalingClient } from './signaling-client.ts';

/** A call whose only way is one that can be cut. */
async function callOverPath(
  house: CallingHouse,
  callSid: string,
): Promise<{ path: CuttablePath; line: SignalingClient; caller: ReturnType<typeof makeCaller> }> {
  const [line, caller] = [await house.signaling(), makeCaller()];
  line.send(offerOf(await caller.offer({ candidates: false }), { mode: 'end-to-end', callSid }));
  const sdp = (await line.next('answer')).data.sdp as string;
  const path = await openPath(sdp);
  caller.applyAnswer(sdp.replaceAll(/a=candidate:.*\r\n/g, ''));
  caller.addCandidate(path.candidate);
  await caller.connected;
  return { path, line, caller };
}

describe('a caller of whom nothing is heard', () => {
  it('VOX-098 any more is given up after 30 to 40 seconds, and everything that worked for him ends', async () => {
    const house = await callingHouse();
    const { path, line, caller } = await callOverPath(house, 'lost');
    const puppet = await house.agents.puppet(0);
    const tone = await toneSender(caller);
    await hears(puppet);
    const cutMs = performance.now();
    path.cut();
    await line.next('close');
    tone.stop();
    const seconds = (performance.now() - cutMs) / 1_000;
    expect(seconds).toBeGreaterThanOrEqual(30);
    expect(seconds).toBeLessThanOrEqual(40);
    expect(await house.ended('lost')).toMatchObject({ outcome: 'caller_lost' });
    expect(puppet.isClosed).toBe(true);
    expect((await house.health()).activeSessions).toBe(0);
    expect(line.ofType('error')).toEqual([]);
  }, 60_000);

  it('for three seconds is heard again afterwards, in the same call', async () => {
    const house = await callingHouse();
    const { path, line, caller } = await callOverPath(house, 'cut');
    const puppet = await house.agents.puppet(0);
    const tone = await toneSender(caller);
    await hears(puppet);
    path.cut();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    path.mend();
    await hears(puppet);
    tone.stop();
    expect((await house.health()).activeSessions).toBe(1);
    expect(line.heard.filter(({ type }) => type === 'close' || type === 'error')).toEqual([]);
  }, 60_000);
});

/** Resolves when an agent has heard a good part of a second more. */
async function hears({ frames }: { frames: { withSound: number } }): Promise<void> {
  const enough = frames.withSound + 40;
  await expect.poll(() => frames.withSound > enough, { timeout: 20_000 }).toBe(true);
}
