// A call over a bad network: real sockets, a proxy of UDP between the caller and the gateway.
import { expect, it, onTestFinished } from 'vitest';
import { createCallerAudio, rehearsedSpeech } from '../../src/voice/index.ts';
import type { CallerAudio } from '../../src/voice/index.ts';
import { callingHouse, makeCaller, offerOf, until } from '../voice/calling-house.ts';
import type { CallingHouse } from '../voice/calling-house.ts';
import type { SignalingClient } from '../voice/signaling-client.ts';
import { openNetwork } from './impaired-network.ts';
import type { ImpairedNetwork } from './impaired-network.ts';
import { listeningAgents, understood } from './listening-agents.ts';
import type { Listener } from './listening-agents.ts';

const SENTENCE = 'Please send me a link to my order';
const OTHERS = ['I want to talk to a human', 'What are your opening hours', 'Where is the nearest shop'];
const CUT_MS = 3_000;

interface BadCall {
  house: CallingHouse;
  line: SignalingClient;
  sessionId: string;
  network: ImpairedNetwork;
  audio: CallerAudio;
  /** The agent's side. */
  agent: Listener;
}

/** A call whose two sides know each other's address only as that of the network between them. */
async function callOverNetwork(): Promise<BadCall> {
  const agents = listeningAgents();
  const house = await callingHouse({ voiceAgents: agents });
  const caller = makeCaller();
  const line = await house.signaling();
  line.send(offerOf(await caller.offer({ candidates: false }), { mode: 'traditional', callSid: 'bad-network' }));
  const { sessionId, data } = await line.next('answer');
  const answer = data.sdp as string;
  const network = await openNetwork(answer);
  caller.applyAnswer(answer.replace(/a=candidate.*\r\n/g, ''));
  caller.addCandidate(network.candidate);
  await caller.connected;
  const audio = await createCallerAudio({ caller, telephoneEventType: 101 });
  onTestFinished(() => audio.close());
  await until(() => agents.listeners.length === 1 && agents.listeners[0]?.heard.at(-1) !== null);
  return { house, line, sessionId, network, audio, agent: agents.listeners[0] as Listener };
}

/** The agent understands the sentence when the caller says it, and the caller hears the agent. */
async function talkBothWays({ audio, agent }: BadCall): Promise<void> {
  const from = agent.heard.length;
  await audio.say(await rehearsedSpeech(SENTENCE));
  const length = agent.heard.length;
  // What waits in the jitter buffer is still to come.
  await until(() => agent.heard.length > length + 25);
  expect(await understood(agent.heard.slice(from), [SENTENCE, ...OTHERS])).toContain(SENTENCE.toLowerCase());
  const sound = audio.nextSound();
  agent.host.mouth.write(`tone-${length}`, tone(500));
  agent.host.mouth.finish(`tone-${length}`);
  await sound;
}

it('is understood with 5 % loss, 30 ms jitter and 1 % duplicates', { timeout: 30_000 }, async () => {
  const call = await callOverNetwork();
  call.network.impair({ lost: 0.05, doubled: 0.01, jitterMs: 30 });
  await talkBothWays(call);
  expect(call.network.counts.lost).toBeGreaterThan(0);
  call.line.send({ type: 'close', sessionId: call.sessionId });
  const { figures } = await call.house.ended('bad-network');
  expect(figures.up?.lost).toBeGreaterThan(0);
});

it('outlives a cut of three seconds: audio flows again, and the call is the same', { timeout: 30_000 }, async () => {
  const call = await callOverNetwork();
  const { house, line, agent, network } = call;
  const from = agent.heard.length;
  await network.cut(CUT_MS);
  expect(agent.heard.slice(from).filter((frame) => frame === null).length).toBeGreaterThan(50);
  await talkBothWays(call);
  expect((await house.health()).activeSessions).toBe(1);
  expect(line.heard.map(({ type }) => type).filter((type) => type !== 'ice-candidate')).toEqual(['answer']);
});

/** Mono at 24 kHz. */
function tone(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, index) => 8_000 * Math.sin((2 * Math.PI * 440 * index) / 24_000));
}
