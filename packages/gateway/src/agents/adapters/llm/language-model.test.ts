import { describe, expect, it } from 'vitest';
import { silentLog, systemClock, systemTimers } from '../../../kit/index.ts';
import { AgentOptionsError, type LlmOptions } from '../../agent-options.ts';
import type { ChatAgent } from '../../ports/chat-agent.ts';
import { speaks } from '../../test/chat-completions.ts';
import { localServer, streams } from '../../test/local-server.ts';
import { answer, says, textOf } from '../../test/turns.ts';
import { createLlmAgent } from './llm-agent.ts';

function agentFor(options: Partial<LlmOptions>, fetch?: typeof globalThis.fetch): ChatAgent {
  const parts = { timers: systemTimers, clock: systemClock, log: silentLog, fetch };
  return createLlmAgent(
    { model: 'openai/tiny', instructions: 'Sell tea.', apiKey: 'key-1', tools: [], ...options },
    parts,
  );
}

describe('speaks with', () => {
  it('any server of chat completions, also without a key', async () => {
    const server = await localServer(speaks('Hi'));
    const agent = agentFor({ model: 'compatible/some/model', baseUrl: server.url, apiKey: undefined });
    expect(textOf(await answer(agent, says('Hello')))).toBe('Hi');
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(server.asked[0]!.body)).toMatchObject({ model: 'some/model' });
  });

  it('OpenAI, whose responses it asks not to keep', async () => {
    const item = { type: 'message', id: 'm1', role: 'assistant', status: 'completed', content: [] };
    const usage = { input_tokens: 1, output_tokens: 1 };
    const server = await localServer(
      streams([
        { type: 'response.created', response: { id: 'r1', created_at: 1, model: 'tiny' } },
        { type: 'response.output_item.added', output_index: 0, item },
        { type: 'response.output_text.delta', item_id: 'm1', output_index: 0, content_index: 0, delta: 'Hi' },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: { id: 'r1', usage } },
      ]),
    );
    const asked: string[] = [];
    const agent = agentFor({}, (url, init) => {
      asked.push(new Request(url).url);
      return fetch(server.url, init);
    });
    expect(textOf(await answer(agent, says('Hello')))).toBe('Hi');
    expect(asked).toEqual(['https://api.openai.com/v1/responses']);
    expect(server.asked[0]?.headers.authorization).toBe('Bearer key-1');
    expect(JSON.parse(server.asked[0]!.body)).toMatchObject({ model: 'tiny', store: false, stream: true });
  });

  it('Anthropic', async () => {
    const message = { type: 'message', role: 'assistant', model: 'tiny', content: [], id: 'm1' };
    const server = await localServer(
      streams([
        { type: 'message_start', message: { ...message, usage: { input_tokens: 1, output_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
        { type: 'message_stop' },
      ]),
    );
    const agent = agentFor({ model: 'anthropic/tiny', baseUrl: server.url });
    expect(textOf(await answer(agent, says('Hello')))).toBe('Hi');
    expect(server.asked[0]).toMatchObject({ path: '/messages', headers: { 'x-api-key': 'key-1' } });
  });

  it('Anthropic, when it is overloaded', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'busy' } };
    const server = await localServer(streams([error]));
    const agent = agentFor({ model: 'anthropic/tiny', baseUrl: server.url, maxRetries: 0 });
    await expect(answer(agent, says('Hello'))).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('Google', async () => {
    const content = { role: 'model', parts: [{ text: 'Hi' }] };
    const server = await localServer(streams([{ candidates: [{ content, finishReason: 'STOP', index: 0 }] }]));
    const agent = agentFor({ model: 'google/tiny', baseUrl: server.url });
    expect(textOf(await answer(agent, says('Hello')))).toBe('Hi');
    expect(server.asked[0]).toMatchObject({
      path: '/models/tiny:streamGenerateContent?alt=sse',
      headers: { 'x-goog-api-key': 'key-1' },
    });
  });

  it.each([
    ['anthropic', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }],
    ['google', { candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] }, index: 0 }] }],
  ])('%s, whose stream ends too early', async (provider, event) => {
    const start = { type: 'message_start', message: { id: 'm1', model: 'tiny', usage: { input_tokens: 1 } } };
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
    const server = await localServer(streams(provider === 'google' ? [event] : [start, block, event]));
    const agent = agentFor({ model: `${provider}/tiny`, baseUrl: server.url, maxRetries: 0 });
    await expect(answer(agent, says('Hello'))).rejects.toMatchObject({ code: 'broken' });
  });
});

it.each([
  ['tiny', 'must be <provider>/<model>'],
  ['acme/tiny', 'the provider must be openai, anthropic, google or compatible'],
  ['compatible/tiny', 'needs a baseUrl'],
  ['openai/tiny', 'needs an apiKey'],
  ['anthropic/tiny', 'needs an apiKey'],
  ['google/tiny', 'needs an apiKey'],
])('refuses %s: %s', (model, problem) => {
  expect(() => agentFor({ model, apiKey: undefined })).toThrow(new AgentOptionsError(`model "${model}": ${problem}`));
});
