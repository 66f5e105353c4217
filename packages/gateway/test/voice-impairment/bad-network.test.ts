// Calls over a bad network: real sockets, a proxy of UDP between the caller and the gateway.
import { expect, it, onTestFinished } from 'vitest';
import { createCallerAudio, rehearsedSpeech } from '../../src/voice/index.ts';
import type { CallerAudio } from '../../src/voice/index.ts';
import { callingHouse, makeCaller, offerOf, until } from '../voice/calling-house.ts';
import type { CallingHouse } from '../voice/calling-house.ts';
import type { SignalingClient } from '../voice/signaling-client.ts';
import { openNetwork } from './impaired-network.ts';
import type { ImpairedNetwork } from './impaired-network.ts';
import { listeningAgents, understood } from './listening-agents.ts';
import type { Frames, Listener, ListeningAgents } from './listening-agents.ts';

const SENTENCES = [
  'I want to talk to a human',
  'What are your opening hours on Sunday',
  'Please send me a link to my order',
  'Where is the nearest shop in this city',
  'My parcel has not arrived this week',
  'Can I change the name on my ticket',
  'How much does it cost to send it back',
  'I would like to book a table for four',
  'Tell me a long story about the sea',
  'Thank you very much and goodbye',
] as const;
const CUT_MS = 3_000;

interface BadHouse {
  house: CallingHouse;
  agents: ListeningAgents;
}

interface BadCall {
  line: SignalingClient;
  callSid: string;
  sessionId: string;
  network: ImpairedNetwork;
  audio: CallerAudio;
  /** The agent's side. */
  agent: Listener;
}

async function badHouse(): Promise<BadHouse> {
  const agents = listeningAgents();
  return { house: await callingHouse({ voiceAgents: agents }), agents };
}

/** A call whose two sides know each other's address only as that of the network between them. */
async function callOverNetwork({ house, agents }: BadHouse, callSid: string): Promise<BadCall> {
  const caller = makeCaller();
  const line = await house.signaling();
  const before = agents.listeners.length;
  line.send(offerOf(await caller.offer({ candidates: false }), { mode: 'traditional', callSid }));
  const { sessionId, data } = await line.next('answer');
  const answer = data.sdp as string;
  const network = await openNetwork(answer);
  caller.applyAnswer(answer.replace(/a=candidate.*\r\n/g, ''));
  caller.addCandidate(network.candidate);
  await caller.connected;
  const audio = await createCallerAudio({ caller, telephoneEventType: 101 });
  onTestFinished(() => audio.close());
  const agent = (): Listener | undefined => agents.listeners[before];
  await until(() => Boolean(agent()?.heard.at(-1)));
  return { line, callSid, sessionId, network, audio, agent: agent() as Listener };
}

/** What the agent gets of what the caller says: mono, 24 kHz. */
async function heardOf(speech: Int16Array, { audio, agent }: BadCall): Promise<Frames> {
  const from = agent.heard.length;
  await audio.say(speech);
  const length = agent.heard.length;
  // What waits in the jitter buffer is still to come, and the recogniser needs to be sure of an end.
  await until(() => agent.heard.length > length + 35);
  return agent.heard.slice(from);
}

/** The caller hears something that the agent plays. */
async function hearsAgent({ audio, agent }: BadCall): Promise<void> {
  const sound = audio.nextSound();
  agent.host.mouth.write('tone', tone(500));
  agent.host.mouth.finish('tone');
  await sound;
}

it('costs at most one word of ten sentences with 5 % loss, 30 ms jitter and 1 % duplicates', async () => {
  const bad = await badHouse();
  // Five callers at a time, over a good network and then over a bad one, say two sentences each.
  const [good, impaired] = [await fiveCalls('good', bad), await fiveCalls('impaired', bad)];
  for (const [index, { network }] of impaired.entries()) {
    network.impair({ lost: 0.05, doubled: 0.01, jitterMs: 30, seed: index + 1 });
  }
  const speech = await Promise.all(SENTENCES.map(rehearsedSpeech));
  const clean = await saidBy(good, speech);
  const hit = await saidBy(impaired, speech);
  await hearsAgent(impaired[0] as BadCall);

  const words = await understood([...clean, ...hit], SENTENCES);
  const missing = words.map((found, index) => wordsMissing(SENTENCES[index % SENTENCES.length] ?? '', found));
  expect(sum(missing.slice(0, SENTENCES.length)), words.join(', ')).toBe(0);
  expect(sum(missing.slice(SENTENCES.length)), words.join(', ')).toBeLessThanOrEqual(1);

  for (const { network, line, sessionId, callSid } of impaired) {
    expect(network.counts.lost).toBeGreaterThan(5);
    expect(network.counts.doubled).toBeGreaterThan(0);
    line.send({ type: 'close', sessionId });
    const { figures } = await bad.house.ended(callSid);
    expect(figures.up?.lost).toBeGreaterThan(0);
  }
});

it('outlives a cut of three seconds: audio flows again, and the call is the same', async () => {
  const bad = await badHouse();
  const call = await callOverNetwork(bad, 'cut');
  const { line, agent, network } = call;
  const from = agent.heard.length;
  await network.cut(CUT_MS);
  expect(agent.heard.slice(from).filter((frame) => frame === null).length).toBeGreaterThan(50);
  const [sentence] = SENTENCES;
  expect(await understood([await heardOf(await rehearsedSpeech(sentence), call)], SENTENCES)).toEqual([
    expect.stringContaining(sentence.toLowerCase()),
  ]);
  await hearsAgent(call);
  expect((await bad.house.health()).activeSessions).toBe(1);
  expect(line.heard.map(({ type }) => type).filter((type) => type !== 'ice-candidate')).toEqual(['answer']);
});

async function fiveCalls(name: string, bad: BadHouse): Promise<BadCall[]> {
  const calls: BadCall[] = [];
  for (let index = 0; index < 5; index += 1) calls.push(await callOverNetwork(bad, `${name}-${index}`));
  return calls;
}

/** What their agents get when each says two of the sentences. */
async function saidBy(calls: readonly BadCall[], speech: readonly Int16Array[]): Promise<Frames[]> {
  const heard = calls.map(async (call, index) => {
    const frames: Frames[] = [];
    for (const pcm of speech.slice(index * 2, index * 2 + 2)) frames.push(await heardOf(pcm, call));
    return frames;
  });
  return (await Promise.all(heard)).flat();
}

/** How many words of a sentence aren't in what was understood, in their order (by a longest common subsequence). */
function wordsMissing(sentence: string, understoodAs: string): number {
  const wanted = sentence.toLowerCase().split(' ');
  const found = understoodAs.split(' ');
  let row = Array<number>(found.length + 1).fill(0);
  for (const word of wanted) {
    const next = [0];
    for (const [at, other] of found.entries()) {
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(next[at] ?? 0, row[at + 1] ?? 0));
    }
    row = next;
  }
  return wanted.length - (row.at(-1) ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Mono at 24 kHz. */
function tone(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, index) => 8_000 * Math.sin((2 * Math.PI * 440 * index) / 24_000));
}
