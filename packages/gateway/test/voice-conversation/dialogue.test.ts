// Conversations with the demo's agent, spoken and heard: real audio, the local recogniser, the local voice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireEvent } from '../wire-client.ts';
import { spoken } from './speaking-caller.ts';
import { openHouse, soundMs, until } from './telephone-house.ts';
import type { TelephoneHouse } from './telephone-house.ts';

const PACKET_MS = 20;
const HOURS = 'We are open from Monday to Friday';

const brief = { timeout: 60_000 };
let house: TelephoneHouse;
/** Its agent waits until it is spoken to. */
let quietHouse: TelephoneHouse;

beforeAll(async () => {
  [house, quietHouse] = await Promise.all([openHouse(), openHouse({ agentVoice: { greeting: false } })]);
});
afterAll(() => Promise.all([house.close(), quietHouse.close()]));

/** How long the sound of a text is as the local voice says it, pauses left out. */
async function spokenMs(text: string): Promise<number> {
  const pcm = await spoken(text);
  let loud = 0;
  for (let at = 0; at < pcm.length; at += 480) {
    const frame = pcm.subarray(at, at + 480);
    if (Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length) > 184) loud += 1;
  }
  return loud * PACKET_MS;
}

function typesFrom(events: readonly WireEvent[], first: WireEvent): string[] {
  return events.slice(events.indexOf(first)).map(({ type }) => type.replace('EVENT_TYPE_', ''));
}

it('VOX-090 an agent whose greeting is known greets within a second', brief, async () => {
  const waits: number[] = [];
  for (let calls = 0; calls < 3; calls += 1) {
    const caller = await house.call();
    waits.push((await caller.nextSound()).atMs - caller.connectedMs);
    caller.hangUp();
  }
  // Other tests keep the machine busy: what it can do is what counts.
  expect(Math.min(...waits)).toBeLessThan(1_000);
});

describe.concurrent('a caller', brief, () => {
  it('VOX-091 asks for a human, is put through, and hears what the human writes; packets never pause', async () => {
    const caller = await house.linkedCall();
    await caller.agentSays("I'm Ada");
    const said = await caller.say('I want to talk to a human');
    const answer = caller.nextSound();
    await caller.isUnderstood('talk to a human');
    expect((await answer).atMs).toBeGreaterThan(said.lastMs);
    const reply = await caller.agentSays('Let me fetch a colleague');
    expect(reply.metadata?.custom).toMatchObject({ channel: 'voice' });
    await caller.chat.next('HANDOFF_QUEUE_STATUS');
    expect(typesFrom(caller.chat.events, reply).slice(1)).toEqual([
      'POLY_AGENT_TRIGGERED_HANDOFF',
      'POLY_AGENT_LEFT',
      'HANDOFF_ACCEPTED',
      'HANDOFF_QUEUE_STATUS',
    ]);

    const opened = house.desk.caseOf(caller.messagingSessionId);
    opened?.join({ id: 'h1', name: 'Grace' });
    await caller.chat.next('LIVE_AGENT_JOINED');
    const aloud = caller.nextSound();
    opened?.say('Hello, Grace here.');
    await aloud;
    opened?.leave();
    await caller.line.next('close');

    const { heard } = caller;
    for (const [place, { ssrc, sequence, timestamp }] of heard.entries()) {
      const before = heard[place - 1];
      if (!before) continue;
      expect([ssrc, (sequence - before.sequence) & 0xffff, (timestamp - before.timestamp) >>> 0]).toEqual([
        before.ssrc,
        1,
        960,
      ]);
    }
  });

  it('presses keys over the greeting: 1 for the opening hours, 0 for a human', async () => {
    const caller = await house.linkedCall();
    await caller.nextSound();
    await caller.press('1');
    const pressed = await caller.chat.next('USER_MESSAGE');
    expect(pressed).toMatchObject({
      payload: { text: '1' },
      metadata: { custom: { channel: 'voice', input: 'dtmf' } },
    });
    await caller.agentSays(HOURS);
    await caller.press('0');
    await caller.agentSays('Let me fetch a colleague');
    await caller.chat.next('POLY_AGENT_TRIGGERED_HANDOFF');
  });

  it('VOX-092 VOX-120 interrupts a story: it stops at once, and no more of it is written down than was heard', async () => {
    const caller = await quietHouse.linkedCall();
    await caller.say('Tell me a long story');
    await caller.isUnderstood('long story');
    await caller.nextSound();
    const from = caller.heard.length - 1;
    await until(() => soundMs(caller.heard.slice(from)) > 4_000);
    const said = await caller.say('What are your opening hours please');
    const story = await caller.agentSays('Once upon a time');
    await caller.isUnderstood('opening hours');
    const heard = caller.heard.slice(from).filter(({ atMs }) => atMs < said.lastMs);
    // Pauses of the story itself are half as long.
    expect(heard.findLast(({ isSound }) => isSound)?.atMs).toBeLessThan(said.lastMs - 500);
    await caller.agentSays(HOURS);
    expect(await spokenMs(story.payload.text)).toBeLessThan(soundMs(heard) + 500);
    expect(story.payload.text).not.toContain('a second tune');
    caller.hangUp();
    const { figures } = await quietHouse.ended(caller.callSid);
    expect(figures.interruptions).toBe(1);
    expect(figures.turns).toContainEqual(expect.objectContaining({ part: 'barge-in', count: 1 }));
  });

  it('VOX-073 VOX-119 says farewell, hears all of the agent’s, and only then is hung up on', async () => {
    const caller = await quietHouse.linkedCall();
    await caller.say("Let's end the convo");
    await caller.isUnderstood('end the convo');
    const lastWords = await caller.agentSays('Goodbye');
    await caller.line.next('close');
    const closedMs = performance.now();
    expect(soundMs(caller.heard)).toBeGreaterThan(0.95 * (await spokenMs(lastWords.payload.text)));
    expect(caller.heard.findLast(({ isSound }) => isSound)?.atMs).toBeLessThan(closedMs);
    expect(caller.line.heard.filter(({ type }) => type !== 'ice-candidate').map(({ type }) => type)).toEqual([
      'answer',
      'close',
    ]);
    expect(await caller.line.closed).toMatchObject({ code: 1000 });
    expect(await caller.chat.next('SESSION_END')).toMatchObject({ payload: { reason: 'REASON_NATURAL_END' } });
    expect((await quietHouse.ended(caller.callSid)).outcome).toBe('agent_hangup');
  });

  it('VOX-099 is understood although every twentieth packet is lost, in pairs; what was made up is on record', async () => {
    const caller = await quietHouse.linkedCall({ isLost: (index) => index % 40 < 2 });
    await caller.say('I want to talk to a human');
    await caller.isUnderstood('i want to talk to a human');
    caller.hangUp();
    const { up } = (await quietHouse.ended(caller.callSid)).figures;
    expect(up?.lost).toBeGreaterThan(5);
    expect(up?.concealedMs).toBeGreaterThan(0);
  });
});

it('how calls went can be told from their records and, over all of them, from the metrics', brief, async () => {
  const caller = await quietHouse.linkedCall();
  await caller.say('What are your opening hours please');
  const answer = caller.nextSound();
  await caller.isUnderstood('opening hours');
  await answer;
  caller.hangUp();
  const { figures } = await quietHouse.ended(caller.callSid);
  const parts = ['endpointing', 'transcript', 'first-token', 'first-audio'] as const;
  for (const part of parts) {
    expect(figures.turns).toContainEqual(expect.objectContaining({ part, count: 1 }));
  }
  const [whole] = figures.turns?.filter(({ part }) => part === 'first-audio') ?? [];
  const [pause] = figures.turns?.filter(({ part }) => part === 'endpointing') ?? [];
  expect(whole!.medianMs).toBeGreaterThan(pause!.medianMs);

  const metrics = (await (await fetch(`${quietHouse.url}/metrics`)).text()).split('\n');
  const counted = (name: string): number => Number(metrics.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  for (const part of [...parts, 'barge-in']) {
    expect(counted(`parley_call_turn_seconds_count{part="${part}"}`), part).toBeGreaterThanOrEqual(1);
  }
  // This caller sends no reports, so that nothing is known of the way down, nor of the round trip.
  for (const name of ['mos', 'loss_ratio', 'jitter_seconds']) {
    expect(counted(`parley_call_${name}_count{direction="up"}`), name).toBeGreaterThanOrEqual(1);
  }
  for (const name of ['offer_to_answer', 'answer_to_connected', 'connected_to_first_audio', 'concealed']) {
    expect(counted(`parley_call_${name}_seconds_count`), name).toBeGreaterThanOrEqual(1);
  }
  expect(counted('parley_call_frame_lateness_seconds_count')).toBeGreaterThan(100);
  expect(counted('parley_calls_total{mode="traditional",outcome="user_close"}')).toBeGreaterThanOrEqual(1);
});
