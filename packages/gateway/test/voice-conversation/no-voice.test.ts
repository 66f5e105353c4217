// Calls where there is nothing to speak with: the local voice's program isn't installed.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { offerNamed } from '../voice/offers.ts';
import { SignalingClient } from '../voice/signaling-client.ts';
import { newCallSid, openHouse } from './telephone-house.ts';
import type { TelephoneHouse } from './telephone-house.ts';

let house: TelephoneHouse;

beforeAll(async () => {
  vi.stubEnv('PATH', '/no/such/folder');
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
  vi.unstubAllEnvs();
});

describe('a call without a voice', () => {
  it('is refused, and the conversation that it was linked to goes on in writing', async () => {
    const callSid = newCallSid();
    const { chat } = await house.linkedChat(callSid);
    chat.send('REQUEST_POLY_AGENT_JOIN');
    await chat.next('POLY_AGENT_MESSAGE');
    const line = await SignalingClient.open(house.url);
    const data = { type: 'offer', sdp: offerNamed('bare-probe') };
    line.send({ type: 'offer', authToken: 'parley-demo-webrtc-token', callSid, data });
    expect((await line.next('error')).data).toEqual({ code: 'AGENT_FAILURE', message: 'Agent unavailable' });
    chat.send('USER_MESSAGE', { text: 'What are your opening hours?' });
    expect((await chat.next('POLY_AGENT_MESSAGE')).payload.text).toContain('We are open');
    expect(chat.types).not.toContain('SESSION_END');
    line.drop();
  });
});
