import { describe, expect, it } from 'vitest';
import type { LiveSession } from '../../src/messaging/index.ts';
import { createMemoryStore } from '../../src/store/index.ts';
import { chatHouse } from './chat-house.ts';
import { done, end, fail, handOff, say, scriptedAgent } from './scripted-agent.ts';
import type { Question } from './scripted-agent.ts';

/** Repeats what it hears; holds what begins with "wait". */
function echo(question: Question): ReturnType<Parameters<typeof scriptedAgent>[0]> {
  if (question === 'start') return [say('Hello'), done];
  if (question === 'poll') return [done];
  return question.message.startsWith('wait') ? undefined : [say(`You said: ${question.message}`), done];
}

describe('an answer', () => {
  it('MSG-109 has the three required members with their types', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    const conversation_id = await house.begin();
    expect(await house.ask('respond', { conversation_id, message: 'hi' })).toEqual({
      status: 200,
      body: { conversation_id, response: 'You said: hi', end_conversation: false },
    });
  });

  it('joins several messages by a blank line and leaves out empty ones', async () => {
    const house = await chatHouse(
      scriptedAgent((question) => (question === 'start' ? [done] : [say('One'), say(''), say('Two'), done])),
    );
    const conversation_id = await house.begin();
    const { body } = await house.ask('respond', { conversation_id, message: 'count' });
    expect(body['response']).toBe('One\n\nTwo');
  });

  it('MSG-111 comes without message too: the agent gets a turn without input', async () => {
    const house = await chatHouse(
      scriptedAgent((question) => [say(question === 'poll' ? 'Your order has been found.' : 'Hello'), done]),
    );
    const conversation_id = await house.begin();
    for (const message of [undefined, '', '  ']) {
      expect(await house.ask('respond', { conversation_id, message })).toMatchObject({
        status: 200,
        body: { response: 'Your order has been found.', end_conversation: false },
      });
    }
  });

  it('is empty when the agent has nothing more to say', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    const conversation_id = await house.begin();
    const { status, body } = await house.ask('respond', { conversation_id });
    expect([status, body['response']]).toEqual([200, '']);
  });

  it('says that the agent ended the conversation', async () => {
    const house = await chatHouse(
      scriptedAgent((question) => (question === 'start' ? [done] : [say('Goodbye!'), end])),
    );
    const conversation_id = await house.begin();
    const { body } = await house.ask('respond', { conversation_id, message: 'bye' });
    expect(body).toEqual({ conversation_id, response: 'Goodbye!', end_conversation: true });
  });
});

describe('a hand-off', () => {
  const leaving = (question: Question) =>
    question === 'start' ? [done] : [say('One moment.'), handOff({ orderNumber: '1042' })];

  it('MSG-116 ends the conversation and says where to go and why', async () => {
    const house = await chatHouse(scriptedAgent(leaving));
    const conversation_id = await house.begin();
    expect(await house.ask('respond', { conversation_id, message: 'a human, please' })).toEqual({
      status: 200,
      body: {
        conversation_id,
        response: 'One moment.',
        end_conversation: true,
        handoff: { destination: 'General Support', reason: 'COMPLEX_QUERY' },
      },
    });
  });

  it('goes to the route before the queue', async () => {
    const house = await chatHouse(
      scriptedAgent((question) => (question === 'start' ? [done] : [handOff({}, 'sip:support@example.com')])),
    );
    const conversation_id = await house.begin();
    const { body } = await house.ask('respond', { conversation_id, message: 'a human, please' });
    expect(body['handoff']).toEqual({ destination: 'sip:support@example.com', reason: 'COMPLEX_QUERY' });
  });

  it('waits for no desk, since no human could answer here', async () => {
    const agent = scriptedAgent(leaving);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    await house.ask('respond', { conversation_id, message: 'a human, please' });
    expect(agent.session.state.floor).toEqual({ holder: 'nobody' });
    expect(agent.session.state.handoff).toMatchObject({ kind: 'client' });
  });

  it('MSG-113 answers requests behind it, waiting or later, with 410', async () => {
    const agent = scriptedAgent((question) => (question === 'start' ? [done] : undefined));
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const first = house.ask('respond', { conversation_id, message: 'a human, please' });
    await agent.held();
    const second = house.ask('respond', { conversation_id, message: 'are you there?' });
    agent.act(handOff());
    expect((await first).body['end_conversation']).toBe(true);
    const gone = { status: 410, body: { error_code: 'ChatConversationEnded' } };
    expect(await second).toMatchObject(gone);
    expect(await house.ask('respond', { conversation_id })).toMatchObject(gone);
    expect(await house.ask('close', { conversation_id })).toEqual({ status: 200, body: { success: true } });
  });
});

describe('a turn', () => {
  it('waits for the one before it, and each request gets its own answer', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const answers = ['wait', 'two', 'three'].map((message) => house.ask('respond', { conversation_id, message }));
    await agent.held();
    agent.act(say('one'), done);
    const responses = (await Promise.all(answers)).map(({ body }) => body['response']);
    expect(responses).toEqual(['one', 'You said: two', 'You said: three']);
  });

  it('goes on after its request timed out, and what it says comes with the next answer', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const answer = house.ask('respond', { conversation_id, message: 'wait for it' });
    await agent.held();
    house.time.advance(60_000);
    expect(await answer).toMatchObject({
      status: 400,
      body: { error_code: 'CHAT_TIMEOUT', error: 'Chat session exceeded the timeout limit.' },
    });
    agent.act(say('It took a while.'), done);
    const { body } = await house.ask('respond', { conversation_id });
    expect(body['response']).toBe('It took a while.');
    const { body: next } = await house.ask('respond', { conversation_id, message: 'thanks' });
    expect(next['response']).toBe('You said: thanks');
  });

  it('that times out holds up those behind it no longer than they wait themselves', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const first = house.ask('respond', { conversation_id, message: 'wait for it' });
    await agent.held();
    house.time.advance(30_000);
    const second = house.ask('respond', { conversation_id, message: 'next' });
    house.time.advance(30_000);
    expect((await first).status).toBe(400);
    agent.act(say('Late.'), done);
    expect((await second).body['response']).toBe('Late.\n\nYou said: next');
  });

  it('that fails is 500 INTERNAL_ERROR with a text for people, and the conversation goes on', async () => {
    const house = await chatHouse(
      scriptedAgent((question) =>
        typeof question === 'object' && question.message === 'break' ? [fail('no-reply')] : [say('Fine'), done],
      ),
    );
    const conversation_id = await house.begin();
    expect(await house.ask('respond', { conversation_id, message: 'break' })).toMatchObject({
      status: 500,
      body: {
        error_code: 'INTERNAL_ERROR',
        error: "Sorry, I'm having trouble responding right now. Please try again.",
      },
    });
    const { body } = await house.ask('respond', { conversation_id, message: 'go on' });
    expect(body['response']).toBe('Fine');
  });

  it('may be waited for by 20 requests; one more is 429 RATE_LIMITED and changes nothing', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const waiting = Array.from({ length: 20 }, (_, index) =>
      house.ask('respond', { conversation_id, message: index === 0 ? 'wait' : `message ${index}` }),
    );
    await agent.held();
    expect(await house.ask('respond', { conversation_id, message: 'and me' })).toMatchObject({
      status: 429,
      retryAfterSeconds: 1,
      body: { error_code: 'RATE_LIMITED' },
    });
    agent.act(say('At last'), done);
    expect((await Promise.all(waiting)).every(({ status }) => status === 200)).toBe(true);
    expect(agent.session.transcript.lines.some(({ text }) => text === 'and me')).toBe(false);
  });

  it('that another process left open answers the next request', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    void house.ask('respond', { conversation_id, message: 'wait' });
    await agent.held();
    const nextAgent = scriptedAgent(echo);
    const next = await chatHouse(nextAgent, { store: house.store, idPrefix: 'next' });
    await nextAgent.held();
    const answer = next.ask('respond', { conversation_id, message: 'still there?' });
    await untilQueued(await opened(next.sessions.open(conversation_id)));
    nextAgent.act(say('Sorry for the wait.'), done);
    expect((await answer).body['response']).toBe('Sorry for the wait.\n\nYou said: still there?');
  });
});

describe('facts in a request', () => {
  it('replace the attributes, and are journaled only when they change', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin({ integration_attributes: { tier: 'gold', city: 'Bath' } });
    const journalLength = async () => (await house.store.load(conversation_id))?.entries.length ?? 0;
    await house.ask('respond', { conversation_id, message: 'hi', integration_attributes: { tier: 'silver' } });
    expect(agent.session.state.attributes).toEqual({ tier: 'silver' });
    const before = await journalLength();
    await house.ask('respond', { conversation_id, message: 'hi', integration_attributes: { tier: 'silver' } });
    // The message, the answer, and that the turn ended.
    expect((await journalLength()) - before).toBe(3);
  });

  it('switch the language', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    await house.ask('respond', { conversation_id, message: 'hola', tts_lang_code: 'es-ES' });
    expect(agent.session.state.language).toBe('es-ES');
  });

  it('about the message are kept with it, and never make it a repetition', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const metadata = { local_id: 'L1', page: 'checkout' };
    await house.ask('respond', { conversation_id, message: 'hi', metadata });
    const { status } = await house.ask('respond', { conversation_id, message: 'hi', metadata });
    expect(status).toBe(200);
    const said = agent.session.transcript.lines.filter(({ speaker }) => speaker === 'user');
    expect(said.map(({ custom }) => custom)).toEqual([{ metadata }, { metadata }]);
  });
});

describe('a request is refused', () => {
  it('MSG-110 without conversation_id: 400 with all six members of the envelope', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    expect(await house.ask('respond', { message: 'hi' })).toEqual({
      status: 400,
      body: {
        success: false,
        error: 'Request body failed schema validation.',
        error_id: 'correlation-1',
        error_code: 'SCHEMA_VALIDATION_FAILED',
        error_message: 'Request body failed schema validation.',
        data: null,
      },
    });
  });

  it('MSG-112 for an unknown conversation: 404 CONVERSATIONS_NOT_FOUND', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    expect(await house.ask('respond', { conversation_id: 'CONV-1', message: 'hi' })).toMatchObject({
      status: 404,
      body: { error_code: 'CONVERSATIONS_NOT_FOUND' },
    });
  });

  it("MSG-112 for another project's conversation: it is unknown", async () => {
    const house = await chatHouse(scriptedAgent(echo));
    const conversation_id = await house.begin();
    const asBank = { projectId: 'bank', apiKey: 'bank-key' };
    expect(await house.ask('respond', { conversation_id, message: 'hi' }, asBank)).toMatchObject({ status: 404 });
    expect(await house.ask('close', { conversation_id }, asBank)).toMatchObject({ status: 404 });
  });

  it('MSG-112 for a session of messaging: it is unknown', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    await house.begin();
    const messaging = await house.sessions.create({ ...agent.session.info, door: 'messaging' });
    const conversation_id = messaging.info.id;
    expect(await house.ask('respond', { conversation_id, message: 'hi' })).toMatchObject({ status: 404 });
  });

  it('MSG-113 after close: 410 ChatConversationEnded', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    const conversation_id = await house.begin();
    await house.ask('close', { conversation_id });
    expect(await house.ask('respond', { conversation_id, message: 'hi' })).toMatchObject({
      status: 410,
      body: { error_code: 'ChatConversationEnded' },
    });
  });

  it('MSG-113 while it waits and the conversation is closed: 410 ChatConversationEnded', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    const answer = house.ask('respond', { conversation_id, message: 'wait' });
    await agent.held();
    await house.ask('close', { conversation_id });
    expect(await answer).toMatchObject({ status: 410, body: { error_code: 'ChatConversationEnded' } });
  });

  it('MSG-113 after the conversation expired: 410 ChatConversationEnded; requests keep it alive until then', async () => {
    const agent = scriptedAgent(echo);
    const house = await chatHouse(agent);
    const conversation_id = await house.begin();
    await house.pass(400_000);
    expect((await house.ask('respond', { conversation_id, message: 'hi' })).status).toBe(200);
    const session = await opened(house.sessions.open(conversation_id));
    await house.pass(599_000);
    expect(session.state.ended).toBeNull();
    await house.pass(10_000);
    expect(await house.ask('respond', { conversation_id, message: 'hi' })).toMatchObject({ status: 410 });
  });

  it.each([
    ['MSG-115 without API key', { apiKey: undefined }, 401, 'AUTH_USER_UNAUTHORISED'],
    ['MSG-115 with a wrong API key', { apiKey: 'wrong' }, 401, 'AUTH_USER_UNAUTHORISED'],
    ['without connector token', { connectorToken: undefined }, 401, 'AUTH_USER_INVALID_TOKEN'],
    ['with the key of another project', { apiKey: 'bank-key' }, 403, 'USER_ACCESS_FORBIDDEN'],
    ['for an unknown account', { accountId: 'nobody' }, 404, 'ACCOUNT_NOT_FOUND'],
    ['for an unknown project', { projectId: 'nothing' }, 404, 'PROJECT_NOT_FOUND'],
  ])('%s, before its body is looked at', async (_what, request, status, code) => {
    const house = await chatHouse(scriptedAgent(echo));
    for (const operation of ['create', 'respond', 'close'] as const) {
      const { status: answered, body } = await house.ask(operation, '{', request);
      expect(answered).toBe(status);
      expect(body).toMatchObject({ success: false, error_code: code, error_id: 'correlation-1', data: null });
      expect(body['error']).toBe(body['error_message']);
    }
  });

  it('with a message that is too long: 400 CONVERSATIONS_VALIDATION_FAILED', async () => {
    const house = await chatHouse(scriptedAgent(echo));
    const conversation_id = await house.begin();
    const respond = (message: string) => house.ask('respond', { conversation_id, message });
    expect((await respond('é'.repeat(500))).status).toBe(200);
    expect(await respond('é'.repeat(501))).toMatchObject({
      status: 400,
      body: { error_code: 'CONVERSATIONS_VALIDATION_FAILED' },
    });
  });
});

it('a store that fails is 500 INTERNAL_ERROR, logged once, and the conversation can go on when it works again', async () => {
  const store = createMemoryStore();
  const errors: string[] = [];
  let broken = false;
  const flaky = {
    ...store,
    append: (...[id, append, finished]: Parameters<typeof store.append>) => {
      if (broken) queueMicrotask(() => finished(new Error('no space left on the device')));
      else store.append(id, append, finished);
    },
  };
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (_fields: unknown, sentence: string) => errors.push(sentence),
  };
  const house = await chatHouse(scriptedAgent(echo), { store: flaky, log });
  const conversation_id = await house.begin();
  broken = true;
  expect(await house.ask('respond', { conversation_id, message: 'hi' })).toMatchObject({
    status: 500,
    body: { error_code: 'INTERNAL_ERROR', error: 'Internal server error' },
  });
  expect(errors).toContain('A request of the Chat API failed');
  broken = false;
  const { body } = await house.ask('respond', { conversation_id, message: 'again' });
  expect(body['response']).toBe('You said: again');
});

it('a conversation at rest leaves the memory and is found again', async () => {
  const house = await chatHouse(scriptedAgent(echo));
  const conversation_id = await house.begin();
  await house.ask('respond', { conversation_id, message: 'hi' });
  await house.pass(120_000);
  expect(house.sessions.peek(conversation_id)).toBeUndefined();
  const { body } = await house.ask('respond', { conversation_id, message: 'back again' });
  expect(body['response']).toBe('You said: back again');
});

async function opened<Session>(opening: Promise<Session | undefined>): Promise<Session> {
  const session = await opening;
  if (!session) throw new Error('no such session');
  return session;
}

/** Resolves when a turn waits behind the open one. */
function untilQueued(session: LiveSession): Promise<void> {
  return new Promise((resolve) => {
    session.subscribe({ deliver: () => session.state.waiting.length > 0 && resolve(), ended() {}, broke() {} });
  });
}
