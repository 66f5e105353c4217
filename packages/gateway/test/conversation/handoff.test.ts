// Hand-offs that come about: to a desk and to the client.
import { describe, expect, it } from 'vitest';
import type { HandoffDesk } from '../../src/handoff/index.ts';
import { settle } from './conversation-house.ts';
import type { Conversation } from './conversation-house.ts';
import { askForHuman, caseOf, handedOff, live, mira, request } from './handoff-scenes.ts';

describe('a hand-off to a desk', () => {
  it('MSG-087 goes its way: the last words, triggered, left, accepted, the place in the queue, the human', async () => {
    const { house, conversation } = await handedOff();
    caseOf({ house, conversation }).join(mira);
    await settle();
    expect(conversation.news()).toEqual([
      '6 poly-agent-message',
      '7 poly-agent-triggered-handoff',
      '8 poly-agent-left',
      '9 handoff-accepted',
      '10 handoff-queue-status',
      '11 live-agent-joined',
    ]);
    expect(house.responder.openTurns).toBe(0);
  });

  it('brings the desk what was said and why it is asked', async () => {
    const { house, conversation } = await handedOff();
    const { handoffCase } = caseOf({ house, conversation });
    expect(handoffCase).toMatchObject({ account: 'acme', project: 'shop', request: request('desk'), human: null });
    expect(handoffCase.transcript.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'agent: Hello.',
      'user: A human, please.',
      'agent: One moment.',
    ]);
  });

  it('MSG-088 brings the human every message once, in order, those of the queue too; the agent is silent', async () => {
    const { house, conversation } = await handedOff();
    await conversation.say('Hello?', { local_id: 'L' });
    caseOf({ house, conversation }).join(mira);
    await conversation.say('Are you there?');
    await conversation.say('Hello?', { local_id: 'L' });
    await conversation.say('I am.');
    const received = caseOf({ house, conversation }).received;
    expect(received.map(({ text }) => text)).toEqual(['Hello?', 'Are you there?', 'I am.']);
    expect(house.agent.turns).toHaveLength(2);
    const echoes = conversation.events.filter(({ event }) => event.type === 'user-message');
    expect(echoes.every(({ event }) => 'messageId' in event && event.messageId !== '')).toBe(true);
  });

  it('brings a desk that accepts late what was written meanwhile, once it has accepted', async () => {
    const delivered: string[] = [];
    let accept = (): void => {};
    const slow: HandoffDesk = {
      open: async (handoffCase) => void (accept = () => handoffCase.report({ type: 'desk-accepted' })),
      deliver: async (_, { text }) => void delivered.push(text),
      typing() {},
      close() {},
    };
    const { conversation } = await handedOff({ desk: slow });
    await conversation.say('Hello?');
    await conversation.say('Anybody?');
    expect(delivered).toEqual([]);
    accept();
    await settle();
    expect(delivered).toEqual(['Hello?', 'Anybody?']);
  });

  it('MSG-089 lets the human see the user type', async () => {
    const { house, conversation } = await live();
    conversation.types('TYPING_STATE_STARTED');
    conversation.types('TYPING_STATE_STOPPED');
    expect(caseOf({ house, conversation }).typing).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
  });

  it('MSG-090 MSG-091 shows the user what the human types and says', async () => {
    const { house, conversation } = await live();
    const human = caseOf({ house, conversation });
    human.type('TYPING_STATE_STARTED');
    human.say('I am Mira.');
    human.type('TYPING_STATE_STOPPED');
    await settle();
    expect(conversation.news()).toEqual(['~ live-agent-typing', '12 live-agent-message', '~ live-agent-typing']);
    expect(conversation.events.at(-2)).toMatchObject({ event: { agentId: 'agent-7', text: 'I am Mira.' } });
  });

  it('MSG-092 ends with the human’s leaving, and the session with it', async () => {
    const { house, conversation } = await live();
    caseOf({ house, conversation }).leave();
    await settle();
    expect(conversation.news()).toEqual(['12 live-agent-left', '13 session-end']);
    expect(conversation.session.state.ended?.reason).toBe('REASON_NATURAL_END');
    expect(house.desk.cases).toEqual([]);
  });

  it('is over when the user ends the session', async () => {
    const { house, conversation } = await live();
    const human = caseOf({ house, conversation });
    await conversation.end();
    expect(house.desk.cases).toEqual([]);
    human.say('Wait!');
    await settle();
    expect(conversation.lines.at(-1)).toBe('13 session-end');
  });

  it('tells everybody in the queue their place when it changes', async () => {
    const { house, conversation: first } = await handedOff();
    const second = await house.greeted();
    await askForHuman({ house, conversation: second });
    const placeOf = ({ session }: Conversation) => session.state.queueStatus?.positionInQueue;
    expect([first, second].map(placeOf)).toEqual([1, 2]);
    caseOf({ house, conversation: first }).join(mira);
    await settle();
    expect(placeOf(second)).toBe(1);
  });
});

describe('a hand-off to the client', () => {
  it('MSG-093 is triggered, required and left; nobody is asked for at the desk', async () => {
    const { house, conversation } = await handedOff({}, 'client');
    expect(conversation.news()).toEqual([
      '6 poly-agent-message',
      '7 poly-agent-triggered-handoff',
      '8 client-handoff-required',
      '9 poly-agent-left',
    ]);
    expect(conversation.events.at(-2)).toMatchObject({
      event: { reason: 'COMPLEX_QUERY', queueName: 'Support Queue', route: 'https://parley.test' },
    });
    expect(house.desk.cases).toEqual([]);
  });

  it('lets the agent come back without a greeting when the user goes on', async () => {
    const { house, conversation } = await handedOff({}, 'client');
    conversation.news();
    await conversation.say('I am back.');
    expect(conversation.news()).toEqual(['10 user-message', '11 poly-agent-joined', '~ poly-agent-thinking']);
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'I am back.' });
  });
});
