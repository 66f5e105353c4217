import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeTime, silentLog, systemTimers, type Timers } from '../../../kit/index.ts';
import type { WebhookOptions } from '../../agent-options.ts';
import type { ChatAgent, HistoryLine } from '../../ports/chat-agent.ts';
import { localServer, says as answersWith, saysJson, streams } from '../../test/local-server.ts';
import { answer, aTurn, never, says, textOf, watch } from '../../test/turns.ts';
import { createWebhookAgent } from './webhook-agent.ts';
import { wireTurnSchema } from './webhook-wire.ts';

function agentAt(url: string, options: Partial<WebhookOptions> = {}, timers: Timers = systemTimers): ChatAgent {
  const parts = { timers, clock: new FakeTime(1_700_000_000_999), log: silentLog };
  return createWebhookAgent({ url, secret: 'shared', ...options }, { ...parts, handoff: { queue: 'General' } });
}

describe('the request', () => {
  it('carries the turn, its id and a signature', async () => {
    const server = await localServer(saysJson({ text: 'Hi' }));
    const history: HistoryLine[] = [{ speaker: 'human', text: 'One moment' }];
    await answer(agentAt(server.url), says('Hello', { history, context: { vip: true } }));

    const [{ headers, body, method } = expect.unreachable()] = server.asked;
    expect(method).toBe('POST');
    expect(wireTurnSchema.parse(JSON.parse(body))).toEqual({
      turn_id: 'turn-1',
      input: { kind: 'message', message_id: 'm1', text: 'Hello' },
      history: [{ speaker: 'human', text: 'One moment' }],
      session: {
        id: 'session-1',
        account: 'acme',
        project: 'shop',
        channel: 'webchat.polyai',
        medium: 'text',
        platform: 'web',
        device_type: null,
        variant_id: null,
        language: 'en-US',
        attributes: { plan: 'gold' },
        context: { vip: true },
      },
    });
    const mac = createHmac('sha256', 'shared').update(`1700000000.${body}`).digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-parley-turn': 'turn-1',
      'x-parley-signature': `t=1700000000,v1=${mac}`,
    });
  });

  it.each([
    { kind: 'start' },
    { kind: 'poll' },
    { kind: 'returned', joined: true },
    { kind: 'tones', digits: '12#' },
  ] as const)('says what kind of turn it is: $kind', async (input) => {
    const server = await localServer(saysJson({ text: 'Hi' }));
    await answer(agentAt(server.url), aTurn({ input }));
    expect(wireTurnSchema.parse(JSON.parse(server.asked[0]!.body)).input).toEqual(input);
  });

  it('carries only the last lines of a long conversation', async () => {
    const server = await localServer(saysJson({ text: 'Hi' }));
    const history = Array.from({ length: 9 }, (_, index): HistoryLine => ({ speaker: 'user', text: `line ${index}` }));
    await answer(agentAt(server.url, { historyLines: 2 }), says('Hello', { history }));
    const sent = wireTurnSchema.parse(JSON.parse(server.asked[0]!.body));
    expect(sent.history.map((line) => line.text)).toEqual(['line 7', 'line 8']);
  });
});

describe('a JSON answer', () => {
  it('may be one part', async () => {
    const server = await localServer(saysJson({ text: 'Bye', suggestions: ['Again'], end: true }));
    expect(await answer(agentAt(server.url), says('Hello'))).toEqual([
      { kind: 'thinking' },
      { kind: 'text', text: 'Bye' },
      { kind: 'suggestions', suggestions: [{ messageText: 'Again' }] },
      { kind: 'end' },
    ]);
  });

  it('may be many, of every kind', async () => {
    const server = await localServer(
      saysJson({
        pieces: [
          { thinking: true },
          { language: 'fr-FR', text: 'Voilà.' },
          { break: true, text: 'Et puis' },
          {
            attachments: [
              {
                type: 'image',
                title: 'A',
                url: 'https://example.com/a.png',
                preview: 'https://example.com/p',
                button: 'Go',
              },
            ],
          },
          { suggestions: ['Yes', { text: 'No', payload: 'n' }] },
          { calls: [{ title: 'Call', number: '+44' }] },
          { handoff: { reason: 'POLICY', data: { ticket: 7 } } },
        ],
      }),
    );
    expect(await answer(agentAt(server.url), says('Hello'))).toEqual([
      { kind: 'thinking' },
      { kind: 'thinking' },
      { kind: 'language', languageCode: 'fr-FR' },
      { kind: 'text', text: 'Voilà.' },
      { kind: 'message-break' },
      { kind: 'text', text: 'Et puis' },
      {
        kind: 'attachments',
        attachments: [
          {
            title: 'A',
            contentUrl: 'https://example.com/a.png',
            contentType: 'ATTACHMENT_CONTENT_TYPE_IMAGE',
            previewImageUrl: 'https://example.com/p',
            callToActionText: 'Go',
          },
        ],
      },
      { kind: 'suggestions', suggestions: [{ messageText: 'Yes' }, { messageText: 'No', payload: 'n' }] },
      { kind: 'call-actions', callActions: [{ title: 'Call', contactNumber: '+44' }] },
      {
        kind: 'handoff',
        request: { kind: 'desk', reason: 'POLICY', queue: 'General', route: '', data: { ticket: 7 } },
      },
    ]);
  });

  it('may be empty when nobody said anything', async () => {
    const server = await localServer(saysJson({ pieces: [] }));
    expect(await answer(agentAt(server.url), aTurn({ input: { kind: 'poll' } }))).toEqual([{ kind: 'thinking' }]);
  });
});

describe('an answer in server-sent events', () => {
  it('comes part by part', async () => {
    const server = await localServer(streams([{ text: 'Hello ' }, { text: 'there' }], 'hangs'));
    const pieces = agentAt(server.url).respond(says('Hello'), never)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toEqual({ kind: 'thinking' });
    expect((await pieces.next()).value).toEqual({ kind: 'text', text: 'Hello ' });
    expect((await pieces.next()).value).toEqual({ kind: 'text', text: 'there' });
    await pieces.return?.();
    await server.closed(0);
  });

  it('passes over comments and names of events', async () => {
    const body = ': keep-alive\n\nevent: part\nid: 7\ndata: {"text":\ndata: "Hi"}\n\n';
    const server = await localServer(answersWith(200, body, { 'content-type': 'text/event-stream; charset=utf-8' }));
    expect(textOf(await answer(agentAt(server.url), says('Hello')))).toBe('Hi');
  });

  it('is called off by closing the request', async () => {
    const server = await localServer(streams([{ text: 'Hello ' }], 'hangs'));
    const controller = new AbortController();
    const leave = (): void => controller.abort(new Error('the user left'));
    await expect(watch(agentAt(server.url), 'text', leave, controller.signal)).rejects.toThrow('the user left');
    await server.closed(0);
  });
});

describe('failures', () => {
  const json = { 'content-type': 'application/json' };

  it.each([
    ['a connection that breaks', streams([{ text: 'Hi' }], 'breaks'), 'broken', 'broke off'],
    ['too large an answer', saysJson({ text: 'x'.repeat(2000) }), 'broken', 'larger than 1000 bytes'],
    ['an empty answer', saysJson({ pieces: [] }), 'no-reply', 'empty'],
    ['no content', answersWith(204, ''), 'no-reply', 'empty'],
    ['white space', saysJson({ text: ' \n' }), 'no-reply', 'empty'],
    ['no JSON', answersWith(200, '{"text": "Hi"', json), 'broken', "isn't a reply"],
    ['other JSON', saysJson({ message: 'Hi' }), 'broken', "isn't a reply"],
    ['a relative address', saysJson({ attachments: [{ type: 'link', title: 'A', url: '/a' }] }), 'broken', "isn't a"],
    ['no part of a reply', streams([{ text: 'Hi' }, 'garbage']), 'broken', "isn't a part"],
    ['a page', answersWith(200, '<p>Hi</p>', { 'content-type': 'text/html' }), 'broken', 'neither JSON nor'],
    ['a redirection', answersWith(302, '', { location: '/elsewhere' }), 'no-reply', 'answered 302'],
    ['a refusal', saysJson({}, 401), 'no-reply', 'answered 401'],
    ['a crash', saysJson({}, 500), 'no-reply', 'answered 500'],
    ['overload', saysJson({}, 529), 'overloaded', 'answered 529'],
    ['a failure it reports itself', streams([{ text: 'Hi' }, { fail: 'overloaded' }]), 'overloaded', 'reported'],
  ] as const)('%s', async (_what, serverAnswer, code, message) => {
    const server = await localServer(serverAnswer);
    await expect(answer(agentAt(server.url, { maxAnswerBytes: 1000 }), says('Hello'))).rejects.toMatchObject({
      name: 'AgentError',
      code,
      message: expect.stringContaining(message),
    });
    expect(server.asked).toHaveLength(1);
  });

  it('no answer in time', async () => {
    const time = new FakeTime();
    const server = await localServer(() => time.advance(20_000));
    await expect(answer(agentAt(server.url, {}, time), says('Hello'))).rejects.toMatchObject({ code: 'no-reply' });
    await server.closed(0);
  });

  it('no first part in time', async () => {
    const time = new FakeTime();
    const server = await localServer(streams([], 'hangs'));
    const agent = agentAt(server.url, {}, time);
    await expect(watch(agent, 'thinking', () => time.advance(20_000))).rejects.toMatchObject({ code: 'no-reply' });
    await server.closed(0);
  });

  it('no end in time', async () => {
    const time = new FakeTime();
    const server = await localServer(streams([{ text: 'Hi' }], 'hangs'));
    const agent = agentAt(server.url, {}, time);
    await expect(watch(agent, 'text', () => time.advance(60_000))).rejects.toMatchObject({ code: 'broken' });
    await server.closed(0);
  });

  it.each([429, 503])('%i is tried again with the same id', async (status) => {
    const busy = answersWith(status, '', { 'retry-after': '0' });
    const server = await localServer(busy, busy, saysJson({ text: 'Hi' }));
    expect(textOf(await answer(agentAt(server.url), says('Hello')))).toBe('Hi');
    expect(server.asked.map((one) => one.headers['x-parley-turn'])).toEqual(['turn-1', 'turn-1', 'turn-1']);
  });

  it('gives up when it stays overloaded', async () => {
    const server = await localServer(answersWith(429, '', { 'retry-after': '0' }));
    await expect(answer(agentAt(server.url), says('Hello'))).rejects.toMatchObject({ code: 'overloaded' });
    expect(server.asked).toHaveLength(3);
  });

  it('gives up when nobody listens', async () => {
    const time = new FakeTime();
    let attempts = 0;
    const refuse = (): Promise<Response> => {
      attempts++;
      setImmediate(() => time.advance(1000));
      return Promise.reject(new TypeError('connection refused'));
    };
    const parts = { timers: time, clock: time, log: silentLog, fetch: refuse };
    const agent = createWebhookAgent({ url: 'http://127.0.0.1:9', secret: 's' }, parts);
    await expect(answer(agent, says('Hello'))).rejects.toMatchObject({ code: 'no-reply' });
    expect(attempts).toBe(3);
  });
});
