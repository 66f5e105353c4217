// The modes of calls at the wire, and what the record of a call says of them.
import { describe, expect, it } from 'vitest';
import { callingHouse, offerOf } from './calling-house.ts';
import type { CallingHouse } from './calling-house.ts';
import { offerNamed } from './offers.ts';

const bareOffer = offerNamed('bare-probe');

/** Begins a call in this mode, and ends it: its record. */
async function recordOf(house: CallingHouse, mode: unknown): Promise<{ mode: string; requestedMode: string | null }> {
  const line = await house.signaling();
  line.send(offerOf(bareOffer, { mode, callSid: 'call' }));
  const { sessionId } = await line.next('answer');
  line.send({ type: 'close', sessionId });
  const { mode: effective, requestedMode } = await house.ended('call');
  return { mode: effective, requestedMode };
}

describe('the mode of a call', () => {
  it.each([
    ['VOX-021 absent', undefined, 'end-to-end', null],
    ['VOX-021 null', null, 'end-to-end', null],
    ['VOX-021 end-to-end', 'end-to-end', 'end-to-end', 'end-to-end'],
    ['VOX-021 traditional', 'traditional', 'traditional', 'traditional'],
    ['echo', 'echo', 'echo', 'echo'],
    ['VOX-022 agent', 'agent', 'end-to-end', 'agent'],
    ['VOX-022 agent_v2', 'agent_v2', 'end-to-end', 'agent_v2'],
    ['VOX-022 realtime', 'realtime', 'end-to-end', 'realtime'],
    ['VOX-022 agent_v1', 'agent_v1', 'traditional', 'agent_v1'],
    ['VOX-022 cascaded', 'cascaded', 'traditional', 'cascaded'],
    ['VOX-022 normal', 'normal', 'traditional', 'normal'],
  ])('%s is good, and its record has what it stands for', async (_what, asked, mode, requestedMode) => {
    expect(await recordOf(await callingHouse(), asked)).toEqual({ mode, requestedMode });
  });

  it.each([
    ['VOX-023 banana', 'banana'],
    ['VOX-023 End-To-End', 'End-To-End'],
    ['VOX-023 empty', ''],
    ['a number', 1],
    ['the name of a method', 'toString'],
  ])('%s is answered INVALID_ARGUMENT', async (_what, mode) => {
    const house = await callingHouse();
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { mode }));
    expect((await line.next('error')).data).toEqual({ code: 'INVALID_ARGUMENT', message: 'Unknown mode' });
  });

  it('VOX-024 echo is answered FORBIDDEN where it isn’t allowed, and no call begins', async () => {
    const house = await callingHouse({ voice: { allowEcho: false } });
    const before = await house.health();
    const line = await house.signaling();
    line.send(offerOf(bareOffer));
    expect((await line.next('error')).data).toEqual({
      code: 'FORBIDDEN',
      message: 'Echo mode is not enabled on this gateway',
    });
    expect(before).toEqual({ status: 'healthy', activeSessions: 0 });
    expect(await house.health()).toEqual(before);
    expect(house.calls.listCalls({ limit: 10 })).toEqual([]);
  });

  it('is answered AGENT_FAILURE when the agent can’t be called in it', async () => {
    const voiceAgents = { choose: () => undefined, async close() {} };
    const house = await callingHouse({ voiceAgents });
    const line = await house.signaling();
    line.send(offerOf(bareOffer, { mode: 'end-to-end' }));
    expect((await line.next('error')).data).toEqual({ code: 'AGENT_FAILURE', message: 'Agent unavailable' });
    expect((await house.health()).activeSessions).toBe(0);
  });
});
