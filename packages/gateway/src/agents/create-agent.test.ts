import { expect, it } from 'vitest';
import { silentLog, systemClock, systemTimers } from '../kit/index.ts';
import { ScriptError } from './adapters/script/script.ts';
import { AgentOptionsError } from './agent-options.ts';
import { createAgent } from './create-agent.ts';
import { speaks } from './test/chat-completions.ts';
import { localServer, saysJson } from './test/local-server.ts';
import { answer, aTurn, says, textOf } from './test/turns.ts';

const parts = { timers: systemTimers, clock: systemClock, log: silentLog };

it('makes the demo agent', async () => {
  const agent = createAgent({ provider: 'script', script: 'demo' }, parts);
  expect(textOf(await answer(agent, aTurn({})))).toContain('Ada');
  await agent.close();
});

it('makes a script agent from a file', async () => {
  const file = new URL('./demo/ada.yaml', import.meta.url).pathname;
  const agent = createAgent({ provider: 'script', file }, parts);
  expect(textOf(await answer(agent, says('Hm')))).toBe('You wrote: Hm');
});

it('makes an agent from a language model', async () => {
  const server = await localServer(speaks('Hi'));
  const options = {
    provider: 'llm',
    model: 'compatible/tiny',
    instructions: 'Sell tea.',
    baseUrl: server.url,
  } as const;
  expect(textOf(await answer(createAgent(options, parts), says('Hello')))).toBe('Hi');
});

it('makes an agent from a webhook', async () => {
  const server = await localServer(saysJson({ text: 'Hi' }));
  const agent = createAgent({ provider: 'webhook', url: server.url, secret: 's' }, parts);
  expect(textOf(await answer(agent, says('Hello')))).toBe('Hi');
});

it('refuses what cannot work, at once', () => {
  expect(() => createAgent({ provider: 'script', file: '/nowhere.yaml' }, parts)).toThrow(ScriptError);
  const options = { provider: 'llm', model: 'openai/tiny', instructions: '' } as const;
  expect(() => createAgent(options, parts)).toThrow(AgentOptionsError);
});
