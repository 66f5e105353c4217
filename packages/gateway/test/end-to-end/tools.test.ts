import { describe, expect, it } from 'vitest';
import type { Reply } from '../realtime-server/server-script.ts';
import { realtimeCall, type RealtimeCall, type RealtimeCallOptions } from './realtime-call.ts';

type Tool = NonNullable<RealtimeCallOptions['tools']>[number];

/** A tool that notes what it was called with. */
function tool(run: Tool['run'] = async () => ({ output: 'It is sunny.' })): Tool & { readonly called: unknown[] } {
  const called: unknown[] = [];
  return {
    name: 'weather',
    description: 'Tells the weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
    called,
    run(args, signal) {
      called.push(args);
      return run(args, signal);
    },
  };
}

const calls: Reply['calls'] = [{ name: 'weather', arguments: { city: 'Rome' } }];

/** A call whose first answer calls tools, and whose second says what came of it. */
async function callWith(first: Reply, options: RealtimeCallOptions = {}): Promise<RealtimeCall> {
  const call = await realtimeCall({
    reply: ({ index }) => (index === 0 ? first : { text: 'It is sunny in Rome.' }),
    ...options,
  });
  await call.say();
  return call;
}

/** What the model was told of its first call. */
async function outputOf(call: RealtimeCall): Promise<string> {
  const { item } = await call.upstream.next('conversation.item.create');
  return item.type === 'function_call_output' ? item.output : `unexpected: ${item.type}`;
}

describe('a tool of the agent', () => {
  it('is run with the model’s arguments, and the model says what came of it', async () => {
    const weather = tool();
    const call = await callWith({ text: 'Let me see.', calls }, { tools: [weather] });
    expect(weather.called).toEqual([{ city: 'Rome' }]);
    expect(await outputOf(call)).toBe('It is sunny.');
    await call.upstream.next('response.create');
    await call.untilSilent();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: Let me see.', 'agent: It is sunny in Rome.']);
  });

  it('is asked for one answer after all of several calls', async () => {
    const weather = tool();
    const both = [...calls, { name: 'weather', arguments: { city: 'Oslo' } }];
    const call = await callWith({ calls: both }, { tools: [weather] });
    await call.untilSilent();
    expect(weather.called).toEqual([{ city: 'Rome' }, { city: 'Oslo' }]);
    const sent = call.upstream.received.map(({ type }) => type);
    expect(sent.slice(-3)).toEqual(['conversation.item.create', 'conversation.item.create', 'response.create']);
  });

  it('isn’t run when the response that calls it was interrupted (VOX-101)', async () => {
    const weather = tool();
    const stop = { afterMs: 400 } as const;
    const call = await callWith({ text: 'Let me see what it is like.', calls, stop }, { tools: [weather] });
    await call.speak(80);
    await call.upstream.next('conversation.item.truncate');
    await call.pass(600);
    expect(weather.called).toEqual([]);
    expect(call.upstream.received.map(({ type }) => type)).not.toContain('conversation.item.create');
  });

  it('isn’t run either when the model made the call before it learned of the interruption (VOX-101)', async () => {
    const weather = tool();
    const stop = { afterMs: 400 };
    const call = await callWith({ text: 'Let me see what it is like.', stop }, { tools: [weather] });
    call.dialogue.press('1');
    const [id = ''] = call.upstream.responseIds;
    const item = {
      type: 'function_call',
      call_id: 'c',
      name: 'weather',
      arguments: '{}',
      status: 'completed',
    } as const;
    call.upstream.send({ type: 'response.done', response: { id, status: 'completed', output: [item] } });
    await call.pass(100);
    expect(weather.called).toEqual([]);
  });

  it('has failed after 10 s', async () => {
    let wasAborted = false;
    const slow = tool((_args, signal) => {
      signal.addEventListener('abort', () => (wasAborted = true));
      return new Promise(() => {});
    });
    const call = await callWith({ calls }, { tools: [slow] });
    call.house.time.advance(10_000);
    expect(await outputOf(call)).toBe('{"error":"the tool takes too long"}');
    expect(wasAborted).toBe(true);
  });

  it.each([
    ['fails', 'weather', tool(() => Promise.reject(new Error('no such city'))), 'no such city'],
    ['doesn’t exist', 'tides', tool(), 'there is no such tool'],
  ])('that %s is a result, too', async (_what, name, weather, error) => {
    const call = await callWith({ calls: [{ name, arguments: {} }] }, { tools: [weather] });
    expect(await outputOf(call)).toBe(JSON.stringify({ error }));
    await call.upstream.next('response.create');
  });

  it('may end the call, with an utterance', async () => {
    const last = tool(async () => ({ output: 'Booked.', hangUp: { utterance: 'Goodbye!' } }));
    const call = await callWith({ text: 'Let me see.', calls }, { tools: [last] });
    const { response } = await call.upstream.next('response.create');
    expect(response?.instructions).toContain('Goodbye!');
    await call.untilSilent();
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: agent_hangup']);
  });
});

describe('the tool that ends the call', () => {
  const end = (args: unknown): Reply => ({
    text: 'Goodbye, and thank you.',
    calls: [{ name: 'end_call', arguments: args }],
  });

  it('hangs up once the goodbye was heard', async () => {
    const call = await callWith(end({}));
    await call.pass(300);
    expect(call.asked).toEqual([]);
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: agent_hangup']);
    expect(call.transcript).toEqual(['user: hello', 'agent: Goodbye, and thank you.']);
  });

  it('has its utterance said first, word for word and without tools', async () => {
    const call = await callWith(end({ utterance: 'So long!' }));
    const { response } = await call.upstream.next('response.create');
    expect(response).toMatchObject({
      instructions: expect.stringMatching(/word for word[^]*So long!/),
      tool_choice: 'none',
    });
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: agent_hangup']);
  });

  it('lets nobody interrupt the goodbye', async () => {
    const call = await callWith(end({}));
    await call.speak(200);
    expect(call.mouth.isSpeaking).toBe(true);
    await call.untilSilent();
    expect(call.transcript.at(1)).toBe('agent: Goodbye, and thank you.');
    expect(call.asked).toEqual(['hang up: agent_hangup']);
  });

  it('may be silent', async () => {
    const call = await callWith({ calls: [{ name: 'end_call', arguments: {} }] });
    expect(call.asked).toEqual(['hang up: agent_hangup']);
  });
});

describe('the tool that switches the language', () => {
  it('journals it, and has the caller’s words recognised in it', async () => {
    const call = await callWith({ calls: [{ name: 'set_language', arguments: { language: 'fr-FR' } }] });
    expect(await outputOf(call)).toContain('fr-FR');
    expect(call.conversation.session.state.language).toBe('fr-FR');
    expect(call.upstream.settings.audio?.input?.transcription).toMatchObject({ language: 'fr' });
  });

  it('tells the model what is wrong with its arguments', async () => {
    const call = await callWith({ calls: [{ name: 'set_language', arguments: { language: 'French, please' } }] });
    expect(await outputOf(call)).toContain('must be a language code such as fr-FR');
    expect(call.conversation.session.state.language).toBeNull();
  });
});
