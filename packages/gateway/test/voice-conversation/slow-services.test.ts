// Whoever lets a call wait, its packets don't.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChatAgent } from '../../src/agents/index.ts';
import { openHouse, until } from './telephone-house.ts';
import type { LinkedCall, TelephoneHouse } from './telephone-house.ts';

/** A second and a half of packets. */
const MANY = 75;

let house: TelephoneHouse;
const agent = Promise.withResolvers<void>();
const agentAsked = Promise.withResolvers<void>();
const recogniserAsked = Promise.withResolvers<ServerResponse>();

/** A recogniser that answers when the test does. */
const recogniser = createServer((request, response) => {
  request.resume().on('end', () => recogniserAsked.resolve(response));
});

const slowAgent: ChatAgent = {
  async *respond({ input }) {
    if (input.kind !== 'message') return;
    agentAsked.resolve();
    await agent.promise;
    yield { kind: 'text', text: 'Here I am at last.' };
  },
};

beforeAll(async () => {
  recogniser.listen(0, '127.0.0.1');
  await once(recogniser, 'listening');
  const { port } = recogniser.address() as AddressInfo;
  const stt = { provider: 'openai', baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'a key' } as const;
  house = await openHouse({
    agents: { demo: slowAgent },
    agentVoice: { greeting: false, traditional: { stt, tts: { provider: 'local' } } },
  });
});

afterAll(async () => {
  await house.close();
  recogniser.close();
});

/** Packets go on coming. */
async function packetsCome({ heard }: LinkedCall): Promise<void> {
  const { length } = heard;
  await until(() => heard.length >= length + MANY);
}

it('a recogniser and an agent that stall for seconds delay no packet', { timeout: 60_000 }, async () => {
  const caller = await house.linkedCall();
  await caller.say('Is anybody there at all?');
  const response = await recogniserAsked.promise;
  await packetsCome(caller);
  expect(caller.chat.types).not.toContain('USER_MESSAGE');
  response.setHeader('content-type', 'application/json').end('{"text":"Is anybody there at all?"}');

  await agentAsked.promise;
  await packetsCome(caller);
  expect(caller.heard.some(({ isSound }) => isSound)).toBe(false);
  agent.resolve();
  await caller.nextSound();

  for (const [place, { sequence, timestamp }] of caller.heard.entries()) {
    const before = caller.heard[place - 1];
    if (!before) continue;
    expect([(sequence - before.sequence) & 0xffff, (timestamp - before.timestamp) >>> 0]).toEqual([1, 960]);
  }
  caller.hangUp();
});
