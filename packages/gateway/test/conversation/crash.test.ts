// What the next process makes of what a dead one left behind.
import { describe, expect, it } from 'vitest';
import { AgentError } from '../../src/agents/index.ts';
import { conversationHouse, settle } from './conversation-house.ts';

describe('after a crash', () => {
  it('a message that was half streamed is completed and its turn failed; the next turn is taken', async () => {
    const former = await conversationHouse();
    const conversation = await former.greeted({ streaming: true });
    await conversation.say('Tell me a story.');
    await conversation.say('A long one.');
    former.agent.turn.say('Once upon a time. ');
    await settle();
    const house = await former.crash();
    const texts = await house.store.replay(conversation.session.info.id, { after: 6, limit: 10 });
    const chunks = texts.map((text) => (JSON.parse(text) as { payload: unknown }).payload);
    expect(chunks).toMatchObject([
      { text: 'Once upon a time. ', chunk_index: 1, is_complete: false },
      { text: '', chunk_index: 2, is_complete: true },
    ]);
    expect(house.agent.turns.map(({ turn }) => turn.input)).toMatchObject([{ text: 'A long one.' }]);
  });

  it.each([true, false])(
    'an answer whose first message was out is not given again (streaming: %s)',
    async (streaming) => {
      const former = await conversationHouse();
      const conversation = await former.greeted({ streaming });
      await conversation.say('Tell me two things.');
      former.agent.turn.say('The first thing.', { kind: 'message-break' });
      await settle();
      const house = await former.crash();
      expect(house.agent.turns).toEqual([]);
      const again = await house.comeBack(conversation);
      expect(again.session.transcript.lines.map(({ text }) => text)).toEqual([
        'Hello.',
        'Tell me two things.',
        'The first thing.',
      ]);
      await again.say('And the second?');
      expect(house.agent.turns.map(({ turn }) => turn.input)).toMatchObject([{ text: 'And the second?' }]);
    },
  );

  it('a turn of which nothing was said is taken', async () => {
    const former = await conversationHouse();
    const conversation = await former.greeted();
    await conversation.say('Hi.');
    former.agent.turn.say('This was never sent');
    await settle();
    const house = await former.crash();
    expect(house.agent.turns.map(({ turn }) => turn.input)).toMatchObject([{ text: 'Hi.' }]);
    house.agent.turn.say('Hello again.');
    house.agent.turn.finish();
    await settle();
    const again = await house.comeBack(conversation);
    expect(again.session.transcript.lines.map(({ text }) => text)).toEqual(['Hello.', 'Hi.', 'Hello again.']);
    expect(again.session.state.turn).toBeNull();
  });

  it('an agent that was starting starts, with a greeting', async () => {
    const former = await conversationHouse();
    const conversation = await former.begin();
    await conversation.join();
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    house.agent.turn.say('Hello.');
    house.agent.turn.finish();
    await settle();
    expect(again.lines).toEqual(['3 poly-agent-joined', '~ poly-agent-thinking', '4 poly-agent-message']);
  });

  it('an agent that had arrived and not greeted greets, and does not arrive twice', async () => {
    const former = await conversationHouse();
    const conversation = await former.begin();
    await conversation.join();
    former.agent.turn.say({ kind: 'thinking' });
    await settle();
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    expect(house.agent.turn.turn.input).toEqual({ kind: 'start' });
    house.agent.turn.say('Hello.');
    house.agent.turn.finish();
    await settle();
    expect(again.lines).toEqual(['4 poly-agent-message']);
  });

  it('MSG-107 failed starts are still counted', async () => {
    const former = await conversationHouse();
    const conversation = await former.begin();
    for (const seconds of [2, 4]) {
      await conversation.join();
      former.agent.turn.fail(new AgentError('no-reply', 'nobody is there'));
      await former.pass(seconds);
    }
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    await again.join();
    house.agent.turn.fail(new AgentError('no-reply', 'nobody is there'));
    await house.pass(7);
    expect(again.lines).toHaveLength(1);
    await house.pass(1);
    expect(again.lines).toHaveLength(2);
  });

  it('a session that rests is not looked at until somebody comes', async () => {
    const former = await conversationHouse();
    const conversation = await former.greeted();
    const house = await former.crash();
    expect(house.sessions.peek(conversation.session.info.id)).toBeUndefined();
    expect((await house.comeBack(conversation)).session.state.floor.holder).toBe('agent');
  });
});
