// How an agent takes its turns.
import { describe, expect, it } from 'vitest';
import { conversationHouse, settle } from './conversation-house.ts';
import { handAgent } from './hand-agent.ts';

describe('a conversation', () => {
  it('MSG-054 begins with the agent’s arrival, a sign that it thinks, and a greeting', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    expect(conversation.news()).toEqual(['2 request-poly-agent-join']);
    house.agent.turn.say('Hello.');
    house.agent.turn.finish();
    await settle();
    expect(conversation.news()).toEqual(['3 poly-agent-joined', '~ poly-agent-thinking', '4 poly-agent-message']);
  });

  it('MSG-056 is not begun twice', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.join();
    expect(conversation.news()).toEqual(['~ request-poly-agent-join']);
    expect(house.agent.turns).toHaveLength(1);
  });

  it('MSG-058 goes on with an echo, a sign that the agent thinks, and the answer', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.say('Hi.');
    expect(conversation.news()).toEqual(['5 user-message', '~ poly-agent-thinking']);
    house.agent.turn.say('How can ', 'I help?');
    house.agent.turn.finish();
    await settle();
    expect(conversation.news()).toEqual(['6 poly-agent-message']);
    expect(conversation.events.at(-1)).toMatchObject({ event: { text: 'How can I help?' } });
  });

  it('MSG-061 answers messages one after the other; what still waits is no history yet', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await Promise.all(['one', 'two', 'three'].map((text) => conversation.say(text)));
    for (const text of ['one', 'two', 'three']) {
      const { turn } = house.agent.turn;
      expect(turn.input).toMatchObject({ kind: 'message', text });
      house.agent.turn.say(`${text}!`);
      house.agent.turn.finish();
      await settle();
    }
    const histories = house.agent.turns.map(({ turn }) => turn.history.map(({ text }) => text));
    expect(histories.slice(1, 3)).toEqual([['Hello.'], ['Hello.', 'one', 'one!']]);
    expect(histories[3]?.toSorted()).toEqual(['Hello.', 'one', 'one!', 'two', 'two!']);
    expect(house.agent.turns).toHaveLength(4);
    expect(conversation.session.state).toMatchObject({ turn: null, waiting: [] });
  });

  it('answers what was said before the agent was asked for, after the greeting', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.say('Anybody?');
    expect(house.agent.turns).toEqual([]);
    await conversation.join();
    expect(house.agent.turn.turn).toMatchObject({ input: { kind: 'start' }, history: [] });
    house.agent.turn.finish();
    await settle();
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'Anybody?' });
  });

  it('MSG-078 MSG-080 gives the agent one turn for a message that is sent again', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    const custom = { local_id: 'L' };
    await Promise.all([1, 2, 3].map(() => conversation.say('Hi.', custom)));
    house.agent.turn.finish();
    await settle();
    expect(house.agent.turns).toHaveLength(2);
  });
});

describe('an agent that takes its time', () => {
  it('is shown thinking again every eight seconds, until it says something', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted({ streaming: true });
    await conversation.say('Hi.');
    conversation.news();
    await house.pass(25);
    expect(conversation.news()).toEqual(Array(3).fill('~ poly-agent-thinking'));
    house.agent.turn.say('Well, ');
    await house.pass(20);
    expect(conversation.news()).toEqual(['6 poly-agent-message-chunk']);
    house.agent.turn.finish();
    await settle();
    conversation.news();
    await house.pass(20);
    expect(conversation.news()).toEqual([]);
  });

  it('is not there before its first sign of life', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    await house.pass(20);
    expect(conversation.news()).toEqual(['2 request-poly-agent-join']);
    house.agent.turn.say({ kind: 'thinking' });
    await house.pass(9);
    expect(conversation.news()).toEqual(['3 poly-agent-joined', '~ poly-agent-thinking', '~ poly-agent-thinking']);
  });
});

describe('an agent', () => {
  it('is told whom it talks to, and in which language', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    const { session } = conversation;
    session.execute({ type: 'set-attributes', attributes: { plan: 'gold' } });
    house.sessions.keepContext(session, { customer: 7 });
    await conversation.say('En français !');
    expect(house.agent.turn.turn.session).toEqual({
      id: session.info.id,
      account: 'acme',
      project: 'shop',
      channel: 'webchat.polyai',
      medium: 'text',
      platform: 'ios',
      deviceType: 'mobile',
      variantId: null,
      language: 'en-US',
      attributes: { plan: 'gold' },
      context: { customer: 7 },
    });
    house.agent.turn.say({ kind: 'language', languageCode: 'fr-FR' }, 'Bien sûr.');
    house.agent.turn.finish();
    await settle();
    await conversation.say('Merci.');
    expect(conversation.news()).toContain('6 language-changed');
    expect(house.agent.turn.turn.session.language).toBe('fr-FR');
  });

  it('MSG-101 ends the conversation with its last words, and says nothing after them', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.say('Goodbye.');
    house.agent.turn.say('Goodbye.', { kind: 'end' }, 'One more thing.');
    await settle();
    expect(conversation.news().slice(2)).toEqual(['6 poly-agent-message', '7 session-end']);
    expect(conversation.events.at(-2)).toMatchObject({ event: { text: 'Goodbye.', endConversation: true } });
    expect(house.responder.openTurns).toBe(0);
  });

  it('may go on although nobody said anything', async () => {
    const house = await conversationHouse();
    const { session } = await house.greeted();
    session.execute({ type: 'request-turn' });
    await settle();
    expect(house.agent.turn.turn.input).toEqual({ kind: 'poll' });
  });
});

describe('a turn that is no longer wanted', () => {
  it('is broken off when the user ends the session; nothing more is heard of it', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted({ streaming: true });
    await conversation.say('Hi.');
    house.agent.turn.say('Well, let me see. ');
    await settle();
    await conversation.end();
    expect(house.agent.turn.signal.aborted).toBe(true);
    house.agent.turn.say('Too late.');
    await house.pass(10);
    expect(conversation.lines.at(-1)).toMatch(/session-end$/);
    expect(house.responder.openTurns).toBe(0);
  });

  it('is broken off when its session leaves the memory', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.say('Hi.');
    house.sessions.unload(conversation.session);
    expect(house.agent.turn.signal.aborted).toBe(true);
    expect(house.responder.openTurns).toBe(0);
  });

  it.each([true, false])('stays open in its journal when the process goes (deaf agent: %s)', async (deaf) => {
    const agent = handAgent({ deaf });
    const house = await conversationHouse({ agent });
    const conversation = await house.begin({ streaming: true });
    await conversation.join();
    agent.turn.say('Welcome! ', 'This was not yet due. ');
    await settle();
    const { position } = conversation.session.state;
    house.responder.stop();
    expect(agent.turn.signal.aborted).toBe(true);
    expect(house.responder.openTurns).toBe(0);
    conversation.news();
    await house.pass(20);
    agent.turn.say('Is anybody there? ');
    await settle();
    expect(conversation.news()).toEqual([]);
    expect(conversation.session.state).toMatchObject({ position, turn: { kind: 'start' } });
  });

  it('is followed by no other when the process goes', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    house.responder.stop();
    await conversation.say('Hi.');
    expect(house.agent.turns).toHaveLength(1);
    expect(conversation.session.state.turn).not.toBeNull();
  });
});
