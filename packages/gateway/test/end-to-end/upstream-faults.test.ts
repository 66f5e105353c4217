import { describe, expect, it } from 'vitest';
import type { Reply } from '../realtime-server/server-script.ts';
import { openedCall, realtimeCall, type RealtimeCall } from './realtime-call.ts';

describe('a model that can’t be had', () => {
  it.each([401, 403, 404])('because it refuses with %i: the call fails once, at once (VOX-100)', async (welcome) => {
    const call = await openedCall({ welcome });
    await call.until(() => call.asked.length > 0);
    await call.wait(60_000);
    expect(call.asked).toEqual([`failed: the speech model answered with status ${welcome}`]);
    expect(call.server.requests).toHaveLength(1);
  });

  it('because it is down: the call fails once, after three tries (VOX-100)', async () => {
    const call = await openedCall({ welcome: 503 });
    while (call.asked.length === 0) {
      call.house.time.advance(100);
      await call.server.settled();
    }
    expect(call.asked).toEqual(['failed: the speech model answered with status 503']);
    expect(call.server.requests).toHaveLength(3);
  });

  it('because it says nothing: the call fails after 10 s', async () => {
    const call = await openedCall({ welcome: 'silent' });
    await call.until(() => call.server.requests.length === 1);
    call.house.time.advance(9_999);
    await call.inStep();
    expect(call.asked).toEqual([]);
    call.house.time.advance(1);
    await call.inStep();
    expect(call.asked).toEqual(["failed: the speech model wasn't ready within 10000 ms"]);
  });

  it('because its quota is used up: the call fails', async () => {
    const call = await realtimeCall();
    call.upstream.fail('insufficient_quota');
    await call.until(() => call.asked.length > 0);
    expect(call.asked).toEqual(['failed: the speech model refuses: insufficient_quota']);
  });

  it('because every response fails: the call fails', async () => {
    const call = await realtimeCall({ reply: () => ({ fails: { code: 'server_error', message: 'sorry' } }) });
    await call.say();
    await call.until(() => call.asked.length > 0);
    expect(call.asked).toEqual(["failed: the speech model can't answer"]);
    expect(call.server.requests).toHaveLength(1);
  });
});

describe('a model that fails once', () => {
  it('is asked again', async () => {
    const replies: Reply[] = [{ fails: { code: 'server_error', message: 'sorry' } }, { text: 'Here I am.' }];
    const call = await realtimeCall({ reply: ({ index }) => replies[index] ?? {} });
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: Here I am.']);
    expect(call.asked).toEqual([]);
  });

  it('by being unreachable is reached at the next try', async () => {
    const call = await openedCall({ welcome: 503, settings: { greeting: true }, reply: () => ({ text: 'Hello.' }) });
    call.dialogue.start();
    await call.until(() => call.server.requests.length === 1);
    call.server.welcome = 'open';
    while (call.server.sessions.length === 0) {
      call.house.time.advance(100);
      await call.server.settled();
    }
    await call.upstream.next('response.create');
    await call.untilSilent();
    expect(call.transcript).toEqual(['agent: Hello.']);
  });
});

describe('a session that is lost', () => {
  const story = 'Once upon a time there was a king.';

  /** A call whose connection breaks in the middle of the first answer. */
  function brokenCall(): Promise<RealtimeCall> {
    const broken: Reply = { text: story, stop: { afterMs: 600, closes: true } };
    return realtimeCall({ reply: ({ index }) => (index === 0 ? broken : { text: 'As I said: a king.' }) });
  }

  it('is replaced by one that knows the conversation, and the answer goes on', async () => {
    const call = await brokenCall();
    await call.say();
    const second = await call.server.session(1);
    expect((await second.next('conversation.item.create')).item).toMatchObject({
      role: 'user',
      content: [{ text: 'hello' }],
    });
    expect((await second.next('response.create')).response?.instructions).toContain('broke off');
    await call.untilSilent();
    await call.untilSilent();
    expect(call.transcript).toEqual([
      'user: hello',
      expect.stringMatching(/^agent: Once/),
      'agent: As I said: a king.',
    ]);
    expect(call.asked).toEqual([]);
  });

  it('with the caller’s last words in it has the model ask for them', async () => {
    const call = await realtimeCall({ recognise: () => 'waits', reply: () => ({ text: 'Pardon?' }) });
    call.upstream.callerBegins();
    call.upstream.callerEnds();
    await call.inStep();
    call.upstream.close();
    const second = await call.server.session(1);
    const { item } = await second.next('conversation.item.create');
    expect(JSON.stringify(item)).toContain('Ask them kindly to say it again.');
  });

  it('has nothing truncated in the next that only the last one knows', async () => {
    const call = await realtimeCall({ reply: () => ({ text: story }) });
    await call.say();
    call.upstream.close();
    const second = await call.server.session(1);
    await second.next('session.update');
    await call.inStep();
    expect(call.mouth.isSpeaking).toBe(true);
    await call.speak(80);
    expect(call.mouth.isSpeaking).toBe(false);
    expect(second.received.map(({ type }) => type)).not.toContain('conversation.item.truncate');
  });

  it('has what the caller says in between heard by the next', async () => {
    const call = await realtimeCall();
    call.server.welcome = 503;
    call.upstream.close();
    await call.until(() => call.server.requests.length === 2);
    await call.speak(300);
    call.server.welcome = 'open';
    while (call.server.sessions.length === 1) {
      call.house.time.advance(100);
      await call.server.settled();
    }
    await call.upstream.next('session.update');
    await call.inStep();
    expect(call.upstream.heardMs).toBe(300);
  });

  it('because it has expired is replaced, too', async () => {
    const call = await realtimeCall({ reply: () => ({ text: 'Yes.' }) });
    call.upstream.fail('session_expired');
    const second = await call.server.session(1);
    await second.next('session.update');
    await call.inStep();
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: Yes.']);
  });

  it('again and again, takes the call with it', async () => {
    const call = await realtimeCall();
    call.upstream.close();
    for (const index of [1, 2, 3]) {
      const session = await call.server.session(index);
      await session.next('session.update');
      await session.inStep();
      session.close();
    }
    await call.until(() => call.asked.length > 0);
    expect(call.asked).toEqual([expect.stringContaining('failed: the speech model closed the connection')]);
  });

  it('without a word is noticed after 10 s without an answer', async () => {
    const call = await realtimeCall({ reply: () => ({ text: story, stop: { afterMs: 300 } }) });
    await call.say();
    await call.wait(10_000);
    await (await call.server.session(1)).next('response.create');
    expect(call.asked).toEqual([]);
  });

  it('without a sign of life is noticed by its silence to pings', async () => {
    const call = await realtimeCall();
    // Two pings, and no time for an answer.
    call.house.time.advance(20_000);
    await (await call.server.session(1)).next('session.update');
    expect(call.asked).toEqual([]);
  });
});

describe('a session that grows old', () => {
  it('is replaced after 55 minutes, between turns, by one that knows the conversation', async () => {
    const call = await realtimeCall({
      settings: { silence: { promptAfterMs: 0, maxPrompts: 0 } },
      reply: () => ({ text: 'Yes, we are.' }),
    });
    await call.say();
    await call.untilSilent();
    const first = call.upstream;
    await call.wait(55 * 60_000 - 10_000);
    expect(call.server.sessions).toHaveLength(1);
    await call.wait(10_000);
    const second = await call.server.session(1);
    await second.next('session.update');
    await call.inStep();
    await call.pass(100);
    await first.closed;
    const replayed = [await second.next('conversation.item.create'), await second.next('conversation.item.create')];
    expect(replayed.map(({ item }) => ('role' in item ? item.role : item.type))).toEqual(['user', 'assistant']);
    expect(second.received.map(({ type }) => type)).not.toContain('response.create');
    await call.say();
    await call.untilSilent();
    expect(call.transcript.slice(2)).toEqual(['user: hello', 'agent: Yes, we are.']);
    expect(call.asked).toEqual([]);
  });
});

describe('what can’t be read', () => {
  it.each(['', 'not json', '[]', '{"type":7}', '{"type":"response.output_audio.delta","delta":5}', '{"type":"error"}'])(
    'is passed over: %s',
    async (garbage) => {
      const call = await realtimeCall({ reply: () => ({ text: 'Yes.' }) });
      call.upstream.sendText(garbage);
      await call.say();
      await call.untilSilent();
      expect(call.transcript).toEqual(['user: hello', 'agent: Yes.']);
      expect(call.asked).toEqual([]);
    },
  );

  it('of errors that change nothing changes nothing', async () => {
    const call = await realtimeCall({ reply: () => ({ text: 'Yes.' }) });
    call.upstream.fail('invalid_value');
    await call.say();
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: Yes.']);
  });
});
