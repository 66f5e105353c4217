// Calls for a variant or a pinned build of the agent: who answers, under which name, and in whose voice.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/index.ts';
import type { TestSettings } from '../driver.ts';
import { newCallSid, openHouse, until } from './telephone-house.ts';
import type { TelephoneHouse } from './telephone-house.ts';

type Changes = NonNullable<TestSettings['variants']>[string];

const AUTUMN = { artifactVersion: 'v41', lambdaDeploymentVersion: '7' };
const WINTER = { artifactVersion: 'v42', lambdaDeploymentVersion: '7' };

const store = createMemoryStore();
let house: TelephoneHouse;
/** What the speech service was asked to say, and in which voice. */
const spoken: { voice: string; input: string }[] = [];
/** Half a second of a tone for whatever it is asked. */
const speechService = createServer((request, response) => {
  void text(request).then((body) => {
    spoken.push(JSON.parse(body) as (typeof spoken)[number]);
    const tone = Int16Array.from({ length: 12_000 }, (_, index) => 8_000 * Math.sin(index / 9));
    response.end(Buffer.from(tone.buffer));
  });
});

beforeAll(async () => {
  speechService.listen(0, '127.0.0.1');
  await once(speechService, 'listening');
  house = await openHouse({
    store,
    variants: { formal: somebody('Beatrix', 'nova'), dull: {} },
    builds: {
      autumn: { ...AUTUMN, ...somebody('Autumn', 'onyx') },
      winter: { ...WINTER, ...somebody('Winter', 'echo') },
    },
  });
});

afterAll(async () => {
  await house.close();
  speechService.close();
});

/** An agent that greets by its name. */
function somebody(name: string, voice: string): Changes {
  const { port } = speechService.address() as AddressInfo;
  const service = { provider: 'openai', baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'a key' } as const;
  return {
    name,
    chat: { provider: 'llm', model: 'openai/none', apiKey: 'a key', instructions: 'x', greeting: `${name} speaking.` },
    voice: {
      greeting: true,
      traditional: { stt: service, tts: { ...service, voice } },
      interruption: { enabled: true, minSpeechMs: 200, onGreeting: true },
      endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
      silence: { promptAfterSeconds: 0, maxPrompts: 0 },
      maxCallSeconds: 3_600,
    },
  };
}

it.each([
  ['a variant', { variantId: 'formal' }, 'Beatrix', 'nova'],
  ['a build', { agentVersionOverride: AUTUMN }, 'Autumn', 'onyx'],
  ['a build and a variant', { variantId: 'formal', agentVersionOverride: WINTER }, 'Winter', 'echo'],
])('a call for %s is answered by it, under its name and in its voice', async (_what, offer, name, voice) => {
  const caller = await house.linkedCall({ offer });
  expect((await caller.chat.next('POLY_AGENT_JOINED')).payload.agent_name).toBe(name);
  expect((await caller.agentSays(`${name} speaking.`)).payload.agent_name).toBe(name);
  expect(spoken).toContainEqual(expect.objectContaining({ voice, input: `${name} speaking.` }));
  await until(() => caller.heard.some(({ isSound }) => isSound));
  caller.hangUp();
});

it('a call for a build without a chat is kept under the name of the build', async () => {
  const callSid = newCallSid();
  const caller = await house.call({ offer: { callSid, agentVersionOverride: AUTUMN } });
  await until(() => caller.heard.some(({ isSound }) => isSound));
  const { entries = [] } = (await store.load(store.showCall(callSid)?.sessionId ?? '')) ?? {};
  const names = entries.flatMap(({ text: entry }) => /"agent_name":"(.*?)"/.exec(entry)?.[1] ?? []);
  expect(names).toEqual(['Autumn']);
  caller.hangUp();
});

it('a call for neither, or for a variant without changes, has the voice of the agent itself', async () => {
  const before = spoken.length;
  const callers = await Promise.all([{}, { variantId: 'dull' }].map((offer) => house.linkedCall({ offer })));
  for (const caller of callers) {
    await until(() => caller.heard.some(({ isSound }) => isSound));
    caller.hangUp();
  }
  expect(spoken.slice(before)).toEqual([]);
});
