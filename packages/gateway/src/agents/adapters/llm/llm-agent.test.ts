import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FakeTime, silentLog, systemClock, systemTimers, type Timers } from '../../../kit/index.ts';
import type { ClosableAgent, LlmOptions } from '../../agent-options.ts';
import type { HistoryLine } from '../../ports/chat-agent.ts';
import type { HandoffDefaults } from '../../reply-part.ts';
import { calls, delta, requestIn, speaks } from '../../test/chat-completions.ts';
import { localServer, says as answersWith, saysJson, streams } from '../../test/local-server.ts';
import { answer, aTurn, never, says, textOf, watch } from '../../test/turns.ts';
import { createLlmAgent } from './llm-agent.ts';

function agentAt(baseUrl: string, options: Partial<LlmOptions> = {}, timers: Timers = systemTimers): ClosableAgent {
  const given = { model: 'openai/tiny', instructions: 'You sell tea.', apiKey: 'key-1', baseUrl, ...options };
  const handoff: HandoffDefaults = { queue: 'General', reason: 'POLICY' };
  return createLlmAgent(given, { timers, clock: systemClock, log: silentLog, handoff });
}

describe('what the model is told', () => {
  it('instructions, the language, and the conversation', async () => {
    const server = await localServer(speaks('Hi'));
    const history: HistoryLine[] = [
      { speaker: 'agent', text: 'Welcome' },
      { speaker: 'user', text: 'Hello' },
      { speaker: 'user', text: 'Anybody?' },
      { speaker: 'human', text: 'I am Mira' },
    ];
    await answer(agentAt(server.url, { temperature: 0.5 }), says('Green tea', { history, language: 'fr-FR' }));

    const { headers, path } = server.asked[0]!;
    expect({ path, authorization: headers.authorization }).toEqual({
      path: '/chat/completions',
      authorization: 'Bearer key-1',
    });
    const { messages, ...request } = requestIn(server.asked[0]);
    expect(request).toMatchObject({ model: 'tiny', stream: true, temperature: 0.5 });
    const [system, ...conversation] = messages;
    expect(system?.content).toMatch(/^You sell tea\.[^]*fr-FR[^]*\[human colleague\]/);
    expect(conversation).toEqual([
      { role: 'user', content: '(The conversation begins. Greet the user.)' },
      { role: 'assistant', content: 'Welcome' },
      { role: 'user', content: 'Hello\n\nAnybody?' },
      { role: 'assistant', content: '[human colleague] I am Mira' },
      { role: 'user', content: 'Green tea' },
    ]);
  });

  it.each([
    [{ kind: 'start' }, '(The conversation begins. Greet the user.)'],
    [{ kind: 'tones', digits: '12#' }, '(The user pressed these keys of the telephone: 12#)'],
    [{ kind: 'returned', joined: true }, expect.stringContaining('colleague has left')],
    [{ kind: 'returned', joined: false }, expect.stringContaining('No human colleague has joined')],
    [{ kind: 'poll' }, expect.stringContaining('has not answered')],
  ] as const)('what happened: %o', async (input, content) => {
    const server = await localServer(speaks('Hi'));
    await answer(agentAt(server.url), aTurn({ input }));
    expect(requestIn(server.asked[0]).messages.at(-1)).toEqual({ role: 'user', content });
  });

  it('only the last lines of a long conversation', async () => {
    const server = await localServer(speaks('Hi'));
    const history = Array.from({ length: 9 }, (_, index): HistoryLine => ({ speaker: 'user', text: `line ${index}` }));
    await answer(agentAt(server.url, { historyLines: 5, historyCharacters: 14 }), says('Hello', { history }));
    expect(requestIn(server.asked[0]).messages.at(-1)?.content).toBe('line 7\n\nline 8\n\nHello');
  });

  it('nothing that was verified about the user', async () => {
    const server = await localServer(speaks('Hi'));
    await answer(agentAt(server.url), says('Hello', { context: { balance: 'fact-4711' } }));
    expect(server.asked[0]?.body).not.toMatch(/fact-4711|balance/);
  });

  it('only the tools that it may use', async () => {
    const server = await localServer(speaks('Hi'));
    await answer(agentAt(server.url, { tools: ['handoff', 'end'] }), says('Hello'));
    expect(requestIn(server.asked[0]).tools.map((tool) => tool.function.name)).toEqual([
      'hand_off_to_human',
      'end_conversation',
    ]);
  });
});

describe('text', () => {
  it('leaves token by token', async () => {
    let send = (_event: object): unknown => expect.unreachable();
    const server = await localServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    });

    const pieces = agentAt(server.url).respond(says('Hello'), never)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toEqual({ kind: 'thinking' });
    for (const text of ['Hel', 'lo', ' there']) {
      const next = pieces.next();
      send(delta({ content: text }));
      expect((await next).value).toEqual({ kind: 'text', text });
    }
    send(delta({}, 'stop'));
    await pieces.return?.();
    await server.closed(0);
  });

  it('is the greeting as configured, without asking the model', async () => {
    const agent = agentAt('http://127.0.0.1:9', { greeting: 'Welcome!' });
    expect(await answer(agent, aTurn({}))).toEqual([{ kind: 'text', text: 'Welcome!' }]);
  });

  it('may be missing when nobody had said anything', async () => {
    const server = await localServer(speaks());
    expect(await answer(agentAt(server.url), aTurn({ input: { kind: 'poll' } }))).toEqual([{ kind: 'thinking' }]);
  });

  it('stops when the turn is called off, and so does the request', async () => {
    const server = await localServer(streams([delta({ content: 'Hel' })], 'hangs'));
    const controller = new AbortController();
    const leave = (): void => controller.abort(new Error('the user left'));
    await expect(watch(agentAt(server.url), 'text', leave, controller.signal)).rejects.toThrow('the user left');
    await server.closed(0);
  });
});

describe('tools', () => {
  it('a hand-off ends the turn', async () => {
    const server = await localServer(
      calls('One moment.', ['hand_off_to_human', { reason: 'COMPLEX_QUERY', summary: 'Wants tea' }]),
    );
    expect(await answer(agentAt(server.url), says('A human!'))).toEqual([
      { kind: 'thinking' },
      { kind: 'text', text: 'One moment.' },
      {
        kind: 'handoff',
        request: { kind: 'desk', reason: 'COMPLEX_QUERY', queue: 'General', route: '', data: { summary: 'Wants tea' } },
      },
    ]);
    expect(server.asked).toHaveLength(1);
  });

  it('a hand-off takes what it lacks from the configuration', async () => {
    const server = await localServer(calls('', ['hand_off_to_human', {}]));
    expect((await answer(agentAt(server.url), says('A human!'))).at(-1)).toEqual({
      kind: 'handoff',
      request: { kind: 'desk', reason: 'POLICY', queue: 'General', route: '', data: {} },
    });
  });

  it('the end ends the turn', async () => {
    const server = await localServer(calls('Bye!', ['end_conversation', {}]));
    expect((await answer(agentAt(server.url), says('Bye'))).slice(1)).toEqual([
      { kind: 'text', text: 'Bye!' },
      { kind: 'end' },
    ]);
    expect(server.asked).toHaveLength(1);
  });

  it('what is shown beneath a text needs no second answer', async () => {
    const card = { type: 'image', title: 'Tea', url: 'https://example.com/tea.png' };
    const server = await localServer(
      calls(
        'Look!',
        ['suggest_replies', { suggestions: ['More', 'Less'] }],
        ['show_attachments', { attachments: [card] }],
        ['offer_phone_numbers', { calls: [{ title: 'Call', number: '+44' }] }],
      ),
    );
    expect((await answer(agentAt(server.url), says('Tea?'))).slice(1)).toEqual([
      { kind: 'text', text: 'Look!' },
      { kind: 'suggestions', suggestions: [{ messageText: 'More' }, { messageText: 'Less' }] },
      {
        kind: 'attachments',
        attachments: [
          { title: 'Tea', contentUrl: 'https://example.com/tea.png', contentType: 'ATTACHMENT_CONTENT_TYPE_IMAGE' },
        ],
      },
      { kind: 'call-actions', callActions: [{ title: 'Call', contactNumber: '+44' }] },
    ]);
    expect(server.asked).toHaveLength(1);
  });

  it('after a switch of the language the model goes on', async () => {
    const server = await localServer(calls('', ['switch_language', { language: 'fr-FR' }]), speaks('Bonjour'));
    expect((await answer(agentAt(server.url), says('French?'))).slice(1)).toEqual([
      { kind: 'language', languageCode: 'fr-FR' },
      { kind: 'thinking' },
      { kind: 'text', text: 'Bonjour' },
    ]);
    expect(requestIn(server.asked[1]).messages.at(-1)).toMatchObject({ role: 'tool', content: 'done' });
  });

  it('a call that makes no sense goes back to the model, and what it says then is a paragraph of its own', async () => {
    const server = await localServer(
      calls('Look!', ['show_attachments', { attachments: [{ type: 'image', title: 'Tea', url: 'tea.png' }] }]),
      speaks('Sorry, ', 'no picture.'),
    );
    expect(textOf(await answer(agentAt(server.url), says('Tea?')))).toBe('Look!\n\nSorry, no picture.');
    expect(requestIn(server.asked[1]).messages.at(-1)?.content).toContain('must be an http(s) URL');
  });

  it('the last step has to answer without tools', async () => {
    const language = calls('', ['switch_language', { language: 'fr-FR' }]);
    const server = await localServer(language, language, speaks('Enfin'));
    expect(textOf(await answer(agentAt(server.url, { maxSteps: 3 }), says('French?')))).toBe('Enfin');
    expect(server.asked.map((asked) => requestIn(asked).tool_choice)).toEqual(['auto', 'auto', 'none']);
  });
});

describe('failures', () => {
  const events = { 'content-type': 'text/event-stream' };
  const hello = delta({ content: 'Hello' });

  it.each([
    ['a stream that is cut', streams([hello], 'breaks'), 'broken', 'broke off'],
    ['a stream that ends too early', streams([hello]), 'broken', 'broke off'],
    ['a stream that is cut before it begins', streams([], 'breaks'), 'broken', 'broke off'],
    ['garbage', answersWith(200, 'data: {"choices": [}\n\n', events), 'broken', 'broke off'],
    ['garbage in the middle', streams([hello, 'garbage']), 'broken', 'broke off'],
    ['a page', answersWith(200, '<p>Hello</p>', { 'content-type': 'text/html' }), 'broken', 'broke off'],
    ['an empty answer', speaks(), 'no-reply', 'the answer was empty'],
    ['white space', speaks(' ', '\n'), 'no-reply', 'the answer was empty'],
    [
      'an unknown model',
      saysJson({ error: { message: 'no', code: 'model_not_found' } }, 404),
      'no-reply',
      '404 (model_not_found)',
    ],
    ['a wrong key', saysJson({ error: { message: 'no', type: 'bad key: sk-1' } }, 401), 'no-reply', 'answered 401'],
    ['a crash', saysJson({}, 500), 'no-reply', 'answered 500'],
    ['too many requests', saysJson({}, 429), 'overloaded', 'answered 429'],
    ['no capacity', saysJson({}, 503), 'overloaded', 'answered 503'],
    ['overload', saysJson({}, 529), 'overloaded', 'answered 529'],
    ['overload in the stream', streams([{ error: { message: 'busy', code: 429 } }]), 'overloaded', '(429)'],
    [
      'an error in the stream',
      streams([hello, { error: { message: 'oh', type: 'server_error' } }]),
      'broken',
      'server_error',
    ],
  ] as const)('%s', async (_what, serverAnswer, code, message) => {
    const server = await localServer(serverAnswer);
    const failed = await answer(agentAt(server.url, { maxRetries: 0 }), says('my secret')).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(inspect(failed, { depth: 9, showHidden: true })).not.toMatch(/my secret|You sell tea|key-1|sk-1/);
    expect(server.asked).toHaveLength(1);
  });

  it('no answer in time', async () => {
    const time = new FakeTime();
    const server = await localServer(() => time.advance(20_000));
    await expect(answer(agentAt(server.url, {}, time), says('Hello'))).rejects.toMatchObject({ code: 'no-reply' });
    await server.closed(0);
  });

  it('no token in time', async () => {
    const time = new FakeTime();
    const server = await localServer(streams([delta({ role: 'assistant' })], 'hangs'));
    const agent = agentAt(server.url, {}, time);
    await expect(watch(agent, 'thinking', () => time.advance(20_000))).rejects.toMatchObject({ code: 'no-reply' });
    await server.closed(0);
  });

  it('no end in time', async () => {
    const time = new FakeTime();
    const server = await localServer(streams([hello], 'hangs'));
    const agent = agentAt(server.url, {}, time);
    await expect(watch(agent, 'text', () => time.advance(60_000))).rejects.toMatchObject({ code: 'broken' });
    await server.closed(0);
  });

  it('nobody listens', async () => {
    const agent = agentAt('http://127.0.0.1:9', { maxRetries: 0 });
    await expect(answer(agent, says('Hello'))).rejects.toMatchObject({ code: 'no-reply' });
  });

  it.each([
    ['429', answersWith(429, '{}', { 'retry-after': '0' })],
    ['500', answersWith(500, '{}', { 'retry-after': '0' })],
  ])('%s is tried again', async (_status, busy) => {
    const server = await localServer(busy, busy, speaks('Hi'));
    expect(textOf(await answer(agentAt(server.url), says('Hello')))).toBe('Hi');
    expect(server.asked).toHaveLength(3);
  });

  it('gives up when it stays overloaded', async () => {
    const server = await localServer(answersWith(429, '{}', { 'retry-after': '0' }));
    await expect(answer(agentAt(server.url), says('Hello'))).rejects.toMatchObject({ code: 'overloaded' });
    expect(server.asked).toHaveLength(3);
  });

  it('does not wait for somebody who wants to be left alone for long', async () => {
    const server = await localServer(answersWith(429, '{}', { 'retry-after': '3600' }));
    await expect(answer(agentAt(server.url), says('Hello'))).rejects.toMatchObject({ code: 'overloaded' });
    expect(server.asked).toHaveLength(1);
  });

  it('is not tried again once the answer has begun', async () => {
    const server = await localServer(streams([hello, { error: { message: 'busy', code: 429 } }]), speaks('Hi'));
    await expect(answer(agentAt(server.url), says('Hello'))).rejects.toMatchObject({ code: 'overloaded' });
    expect(server.asked).toHaveLength(1);
  });

  it('stops waiting for another try when the turn is called off', async () => {
    const controller = new AbortController();
    const server = await localServer((response) => {
      response.writeHead(429, { 'retry-after': '10' }).end('{}');
      response.on('close', () => controller.abort(new Error('the user left')));
    });
    await expect(answer(agentAt(server.url), says('Hello'), controller.signal)).rejects.toThrow('the user left');
  });
});
