// What users hear when an agent cannot answer, and when.
import { describe, expect, it } from 'vitest';
import { AgentError } from '../../src/agents/index.ts';
import type { AgentErrorCode } from '../../src/agents/index.ts';
import { conversationHouse, settle } from './conversation-house.ts';

const noReply = "~ Sorry, I'm having trouble responding right now. Please try again.";
const broken = '~ Sorry, I encountered an error. Please try again.';
const highLoad = '~ Our system is experiencing high load. Please try again in a moment.';
const startFailed = "~ Sorry, I'm unable to start a conversation right now. Please try again later.";

function agentError(code: AgentErrorCode): AgentError {
  return new AgentError(code, 'something the user must not read');
}

describe('a turn that fails', () => {
  it.each([
    ['the agent does not answer', agentError('no-reply'), noReply],
    ['the agent answers nonsense', agentError('broken'), broken],
    ['the agent has too much to do', agentError('overloaded'), highLoad],
    ['the agent crashes', new TypeError('undefined is not a function'), broken],
  ])('because %s is said to have failed; the next one goes on', async (_why, error, told) => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.say('Hi.');
    await conversation.say('Still there?');
    conversation.news();
    house.agent.turn.fail(error);
    await settle();
    expect(conversation.news()).toEqual([told, '~ poly-agent-thinking']);
    house.agent.turn.say('Yes.');
    house.agent.turn.finish();
    await settle();
    expect(conversation.news()).toEqual(['7 poly-agent-message']);
  });

  it.each(['no-reply', 'overloaded', 'broken'] as const)(
    'in the middle of a streamed message (%s) completes it, then says that it broke',
    async (code) => {
      const house = await conversationHouse();
      const conversation = await house.greeted({ streaming: true });
      await conversation.say('Hi.');
      house.agent.turn.say('Well, let me see. ');
      await settle();
      conversation.news();
      house.agent.turn.fail(agentError(code));
      await settle();
      expect(conversation.news()).toEqual(['7 poly-agent-message-chunk', broken]);
      const last = conversation.events.findLast(({ event }) => event.type === 'poly-agent-message-chunk');
      expect(last).toMatchObject({ event: { text: '', chunkIndex: 2, isComplete: true } });
    },
  );

  it('in a session that does not stream shows nothing of what the agent had begun to say', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await conversation.say('Hi.');
    house.agent.turn.say('Well, ');
    house.agent.turn.fail(agentError('no-reply'));
    await settle();
    expect(conversation.news().slice(2)).toEqual([noReply]);
  });

  it('because the session has no agent any more is said to have failed', async () => {
    const former = await conversationHouse();
    const conversation = await former.greeted();
    await conversation.say('Hi.');
    const house = await former.crash({ hasAgent: false });
    const again = await house.comeBack(conversation);
    expect(again.session.state.turn).toBeNull();
    await again.say('Hello?');
    expect(again.news()).toEqual(['6 user-message', noReply]);
  });
});

describe('an agent that cannot start', () => {
  it('MSG-107 is reported after 2, 4, 8, 16 and 30 seconds, three times in words that make SDKs ask again', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    for (const [index, seconds] of [2, 4, 8, 16, 30, 30].entries()) {
      await conversation.join();
      conversation.news();
      house.agent.turn.fail(agentError('no-reply'));
      await house.pass(seconds - 1);
      expect(conversation.news()).toEqual([]);
      await house.pass(1);
      expect(conversation.news()).toEqual([index < 3 ? startFailed : broken]);
    }
    expect(house.agent.turns).toHaveLength(6);
  });

  it('is not asked twice by a client that does not wait', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    house.agent.turn.fail(agentError('no-reply'));
    await settle();
    conversation.news();
    await conversation.join();
    await conversation.say('Hello?');
    expect(conversation.news()).toEqual(['~ request-poly-agent-join', '3 user-message']);
    expect(house.agent.turns).toHaveLength(1);
    await house.pass(2);
    expect(conversation.news()).toEqual([startFailed]);
  });

  it('starts on the next request, and answers what was said meanwhile', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    await conversation.say('Hello?');
    house.agent.turn.fail(agentError('no-reply'));
    await house.pass(2);
    await conversation.join();
    house.agent.turn.say('Hello.');
    house.agent.turn.finish();
    await settle();
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'Hello?' });
    expect(conversation.session.state.startFailures).toBe(0);
  });

  it('is not reported to a session that has ended meanwhile', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    house.agent.turn.fail(agentError('no-reply'));
    await settle();
    await conversation.end();
    conversation.news();
    await house.pass(5);
    expect(conversation.news()).toEqual([]);
    expect(house.responder.openTurns).toBe(0);
  });

  it('that failed after its arrival is there: its turn failed, at once', async () => {
    const house = await conversationHouse();
    const conversation = await house.begin();
    await conversation.join();
    house.agent.turn.say({ kind: 'thinking' });
    house.agent.turn.fail(agentError('no-reply'));
    await settle();
    expect(conversation.news().slice(1)).toEqual(['3 poly-agent-joined', '~ poly-agent-thinking', noReply]);
  });
});
