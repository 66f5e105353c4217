import { expect, it, onTestFinished } from 'vitest';
import { FakeTime, type Log, type LogFields, silentLog, systemClock, systemTimers } from '../../../kit/index.ts';
import type { ClosableAgent, LlmOptions, McpServerOptions } from '../../agent-options.ts';
import { calls, requestIn, speaks } from '../../test/chat-completions.ts';
import { type LocalServer, localServer } from '../../test/local-server.ts';
import { mcpServer, messagesOf, textResult } from '../../test/mcp-server.ts';
import { answer, says, textOf } from '../../test/turns.ts';
import { createLlmAgent } from './llm-agent.ts';

const stock = {
  name: 'stock',
  description: 'How much tea there is',
  inputSchema: {
    type: 'object',
    properties: { tea: { type: 'string' }, customer: { type: 'string' } },
    required: ['tea', 'customer'],
  },
};

/** An agent whose model asks for the stock of green tea and then says what it likes. */
function shopAgent(
  model: LocalServer,
  shop: Partial<McpServerOptions> & { url: string },
  options: Partial<LlmOptions> & { log?: Log; timers?: FakeTime } = {},
): ClosableAgent {
  const { log = silentLog, timers = systemTimers, ...rest } = options;
  const agent = createLlmAgent(
    {
      model: 'compatible/tiny',
      instructions: '',
      baseUrl: model.url,
      mcpServers: [{ name: 'shop', ...shop }],
      ...rest,
    },
    { timers, clock: systemClock, log },
  );
  onTestFinished(() => agent.close());
  return agent;
}

const asksForStock = calls('', ['shop_stock', { tea: 'green' }]);

it('lends its tools to a model that answers in its place', async () => {
  const shop = await mcpServer([stock], ({ tea, customer }) =>
    tea === 'red'
      ? { ...textResult('no such tea'), isError: true }
      : textResult(`7 boxes of ${String(tea)} for ${String(customer)}`),
  );
  const agent = shopAgent(await localServer(speaks('')), { url: shop.url, context: ['customer'] });
  const tools = await agent.lendTools?.({ customer: 'Ada' });
  expect(tools).toMatchObject([
    {
      name: 'shop_stock',
      description: 'How much tea there is',
      parameters: { properties: { tea: {} }, required: ['tea'] },
    },
  ]);
  const { signal } = new AbortController();
  expect(await tools?.[0]?.use({ tea: 'green' }, signal)).toBe('7 boxes of green for Ada');
  await expect(tools?.[0]?.use({ tea: 'red' }, signal)).rejects.toThrow('no such tea');
});

it('calls the tools of a server and gives their results to the model', async () => {
  const shop = await mcpServer([stock], ({ tea }) => textResult(`7 boxes of ${String(tea)}`));
  const model = await localServer(asksForStock, speaks('Seven.'));
  const agent = shopAgent(model, { url: shop.url, headers: { authorization: 'Bearer shop-key' } });
  expect(textOf(await answer(agent, says('How much?')))).toBe('Seven.');

  expect(requestIn(model.asked[0]).tools.map((tool) => tool.function.name)).toContain('shop_stock');
  expect(requestIn(model.asked[1]).messages.at(-1)?.content).toContain('7 boxes of green');
  expect(shop.asked.every(({ headers }) => headers.authorization === 'Bearer shop-key')).toBe(true);
});

it('connects when first needed, once, and disconnects at the end', async () => {
  const shop = await mcpServer([stock], () => textResult('7'));
  const model = await localServer(asksForStock, speaks('Seven.'), asksForStock, speaks('Still seven.'));
  const agent = shopAgent(model, { url: shop.url });
  expect(shop.asked).toHaveLength(0);
  await answer(agent, says('How much?'));
  await answer(agent, says('And now?'));
  expect(messagesOf(shop, 'initialize')).toHaveLength(1);
  expect(messagesOf(shop, 'tools/call')).toHaveLength(2);
  await agent.close();
  expect(shop.asked.at(-1)?.method).toBe('DELETE');
});

it('gives verified facts to the tools that ask for them, and never to the model', async () => {
  const shop = await mcpServer([stock], () => textResult('7'));
  const model = await localServer(asksForStock, speaks('Seven.'));
  const agent = shopAgent(model, { url: shop.url, context: ['customer'] });
  await answer(agent, says('How much?', { context: { customer: 'fact-4711', secret: 'fact-4712' } }));

  expect(messagesOf(shop, 'tools/call')[0]?.params).toMatchObject({
    arguments: { tea: 'green', customer: 'fact-4711' },
  });
  expect(model.asked.map(({ body }) => body).join()).not.toMatch(/fact-471|customer/);
});

it('tells the model when a tool fails', async () => {
  const shop = await mcpServer([stock], () => ({ ...textResult('out of order'), isError: true }));
  const model = await localServer(asksForStock, speaks('Sorry.'));
  expect(textOf(await answer(shopAgent(model, { url: shop.url }), says('How much?')))).toBe('Sorry.');
  expect(requestIn(model.asked[1]).messages.at(-1)?.content).toContain('out of order');
});

it('tells the model when a tool takes too long', async () => {
  const shop = await mcpServer([stock], () => null);
  const model = await localServer(asksForStock, speaks('Sorry.'));
  const agent = shopAgent(model, { url: shop.url }, { toolTimeoutMs: 300 });
  expect(textOf(await answer(agent, says('How much?')))).toBe('Sorry.');
  expect(requestIn(model.asked[1]).messages.at(-1)).toMatchObject({ role: 'tool' });
});

it('goes on without a server that cannot be reached, and tries again later', async () => {
  const time = new FakeTime();
  const warnings: LogFields[] = [];
  const log = { ...silentLog, warn: (fields: LogFields) => warnings.push(fields) };
  let attempts = 0;
  const shop = await localServer((response) => void response.writeHead(500, String(++attempts)).end());
  const model = await localServer(speaks('Hi.'));
  const agent = shopAgent(model, { url: shop.url }, { timers: time, log });

  expect(textOf(await answer(agent, says('Hello')))).toBe('Hi.');
  const firstAttempts = attempts;
  expect(firstAttempts).toBeGreaterThan(0);
  expect(warnings).toEqual([expect.objectContaining({ server: 'shop' })]);

  await answer(agent, says('Hello'));
  expect(attempts).toBe(firstAttempts);
  time.advance(30_000);
  await answer(agent, says('Hello'));
  expect(attempts).toBeGreaterThan(firstAttempts);
});

it('does not keep a turn that is called off while a server takes its time', async () => {
  const controller = new AbortController();
  const shop = await localServer(() => controller.abort(new Error('the user left')));
  const model = await localServer(speaks('Hi.'));
  const agent = shopAgent(model, { url: shop.url }, { toolTimeoutMs: 500 });
  await expect(answer(agent, says('Hello'), controller.signal)).rejects.toThrow('the user left');
  expect(model.asked).toHaveLength(0);
});
