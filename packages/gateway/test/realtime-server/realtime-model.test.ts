// The adapter for realtime models, against the server that plays one.
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeTime, silentLog } from '../../src/kit/index.ts';
import { createSpeechModel } from '../../src/voice/index.ts';
import type { ModelEvent, ModelSession } from '../../src/voice/index.ts';
import { startRealtimeServer, type RealtimeServer } from './realtime-server.ts';
import type { ServerScript } from './server-script.ts';

const never = new AbortController().signal;

interface Opened {
  server: RealtimeServer;
  session: ModelSession;
  events: ModelEvent[];
  /** All events so far, by their types. */
  types: () => string[];
  inStep: () => Promise<void>;
}

async function opened(script: Partial<ServerScript> = {}): Promise<Opened> {
  const server = await startRealtimeServer(script);
  const events: ModelEvent[] = [];
  const session = await modelAt(server).open({
    instructions: 'You are Ada.',
    language: 'en-GB',
    tools: [{ name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } }],
    silenceMs: 500,
    answersByItself: true,
    happened: (event) => void events.push(event),
    signal: never,
  });
  onTestFinished(async () => {
    session.close();
    await server.close();
  });
  const inStep = async (): Promise<void> => (await server.session(0)).inStep();
  return { server, session, events, types: () => events.map(({ type }) => type), inStep };
}

function modelAt({ url }: RealtimeServer) {
  const kit = { timers: new FakeTime(), log: silentLog };
  return createSpeechModel(
    { provider: 'openai-realtime', model: 'gpt realtime', voice: 'cedar', baseUrl: `${url}/`, apiKey: 'secret' },
    kit,
  );
}

const speech = new Int16Array(2_400).fill(5_000);
const silence = new Int16Array(2_400);

describe('a session', () => {
  it('is opened at the model’s address with the key, and configured before it is ready', async () => {
    const { server } = await opened();
    expect(server.requests).toEqual([{ path: '/v1/realtime?model=gpt%20realtime', authorization: 'Bearer secret' }]);
    const [session] = server.sessions;
    expect(session?.settings).toMatchObject({
      instructions: 'You are Ada.',
      tools: [{ type: 'function', name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } }],
      audio: { input: { transcription: { language: 'en' } }, output: { voice: 'cedar' } },
    });
  });

  it('is abandoned while it is being opened', async () => {
    const server = await startRealtimeServer();
    onTestFinished(() => server.close());
    server.welcome = 'silent';
    const abandon = new AbortController();
    const opening = modelAt(server).open({
      instructions: '',
      language: 'en',
      tools: [],
      silenceMs: 500,
      answersByItself: true,
      happened() {},
      signal: abandon.signal,
    });
    await server.settled();
    abandon.abort(new Error('the caller has gone'));
    await expect(opening).rejects.toThrow('the caller has gone');
  });

  it('tells nothing after it was closed', async () => {
    const { server, session, events } = await opened();
    session.close();
    await (
      await server.session(0)
    ).closed;
    session.respond({ id: 'w', tools: true });
    expect(events).toEqual([]);
  });

  it('confirms new settings in their order', async () => {
    const { session, events, inStep } = await opened();
    const settings = { language: 'fr-FR', silenceMs: 300 };
    session.configure({ ...settings, answersByItself: false });
    session.configure({ ...settings, answersByItself: true });
    await inStep();
    expect(events).toEqual([
      { type: 'configured', answersByItself: false },
      { type: 'configured', answersByItself: true },
    ]);
  });
});

describe('a turn', () => {
  it('is told from the first speech to the last word, in the model’s order', async () => {
    const { session, events, types, inStep } = await opened({ reply: () => ({ text: 'Hi!', audioMs: 100 }) });
    session.append(speech);
    for (let tenth = 0; tenth < 5; tenth++) session.append(silence);
    await inStep();
    expect(types()).toEqual([
      'caller-began',
      'caller-paused',
      'caller-said',
      'transcript',
      'response-began',
      'words',
      'audio',
      'item-over',
      'response-over',
    ]);
    // Speech was at 0 to 100 ms; the server adds 300 ms before it, and waits for 500 ms of silence.
    expect(events[0]).toEqual({ type: 'caller-began', atMs: 300 });
    expect(events[1]).toEqual({ type: 'caller-paused', atMs: 100 });
    const audio = events.find((event) => event.type === 'audio');
    expect(audio?.pcm).toEqual(Int16Array.from({ length: 2_400 }, (_, index) => 8000 * Math.sin(index / 8)));
  });

  it('carries the same samples to the model', async () => {
    const { server, session, inStep } = await opened();
    const pcm = Int16Array.from({ length: 480 }, (_, index) => (index % 2 ? -1 : 1) * index * 60);
    const view = new Int16Array([0, ...pcm]).subarray(1);
    session.append(view);
    await inStep();
    expect(server.sessions[0]?.lastAudio).toEqual(pcm);
  });
});

describe('a wish', () => {
  it('comes back with its response', async () => {
    const { session, events, inStep } = await opened();
    session.respond({ id: 'wish-1', instructions: 'Greet.', tools: true });
    await inStep();
    expect(events[0]).toEqual({ type: 'response-began', responseId: expect.any(String), wishId: 'wish-1' });
  });

  it('is refused while another response is being made', async () => {
    const { session, events, inStep } = await opened({ reply: () => ({ text: 'A story.', stop: { afterMs: 100 } }) });
    session.respond({ id: 'wish-1', tools: true });
    session.respond({ id: 'wish-2', tools: true });
    await inStep();
    expect(events.at(-1)).toEqual({ type: 'wish-refused', wishId: 'wish-2', busy: true });
  });
});

describe('tool calls', () => {
  const calls = [{ name: 'weather', arguments: { city: 'Rome' } }];

  it('come with the end of the response that makes them', async () => {
    const { session, events, inStep } = await opened({ reply: () => ({ calls }) });
    session.respond({ id: 'w', tools: true });
    await inStep();
    const call = { callId: expect.any(String), name: 'weather', arguments: '{"city":"Rome"}' };
    expect(events.at(-1)).toMatchObject({ type: 'response-over', outcome: 'complete', calls: [call] });
  });

  it('of an interrupted response don’t come, although their arguments do (VOX-101)', async () => {
    const { server, session, events, inStep } = await opened({
      reply: () => ({ text: 'Let me see.', calls, stop: { afterMs: 100 } }),
    });
    session.respond({ id: 'w', tools: true });
    await inStep();
    server.sessions[0]?.callerBegins();
    await inStep();
    expect(events.at(-1)).toMatchObject({ type: 'response-over', outcome: 'cut', calls: [] });
  });
});

describe('the server that plays a model', () => {
  it('refuses to truncate more than there is, as the real one does, which costs no session', async () => {
    const { server, session, events, types, inStep } = await opened({ reply: () => ({ text: 'Hi!', audioMs: 100 }) });
    session.respond({ id: 'w', tools: true });
    await inStep();
    const audio = events.find((event) => event.type === 'audio');
    session.truncate(audio?.itemId ?? '', 101);
    await inStep();
    expect(server.sessions[0]?.errors).toEqual(['Audio content of 100ms is already shorter than 101ms']);
    session.truncate(audio?.itemId ?? '', 100);
    await inStep();
    expect(server.sessions[0]?.errors).toHaveLength(1);
    expect(types()).not.toContain('lost');
  });
});
