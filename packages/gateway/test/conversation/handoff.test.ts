// Hand-offs from the agent's wish for a human to their end, with a desk in memory.
import { describe, expect, it } from 'vitest';
import { DeskError, createMemoryDesk } from '../../src/handoff/index.ts';
import type { HandoffDesk } from '../../src/handoff/index.ts';
import type { HandoffRequest } from '../../src/messaging/index.ts';
import { QUEUE_TIMEOUT_MS, conversationHouse, settle } from './conversation-house.ts';
import type { Conversation, ConversationHouse, HouseOptions } from './conversation-house.ts';

const mira = { id: 'agent-7', name: 'Mira' };

function request(kind: HandoffRequest['kind']): HandoffRequest {
  return { kind, reason: 'COMPLEX_QUERY', queue: 'Support Queue', route: 'https://parley.test', data: { order: 7 } };
}

/** The user asks for a human, and the agent passes it on. */
async function askForHuman(
  house: ConversationHouse,
  conversation: Conversation,
  kind: HandoffRequest['kind'] = 'desk',
): Promise<void> {
  await conversation.say('A human, please.');
  conversation.news();
  house.agent.turn.say('One moment.', { kind: 'handoff', request: request(kind) }, 'I am not heard any more.');
  await settle();
}

/** A conversation that was handed to a desk. */
async function handedOff(options?: HouseOptions): Promise<{ house: ConversationHouse; conversation: Conversation }> {
  const house = await conversationHouse(options);
  const conversation = await house.greeted();
  await askForHuman(house, conversation);
  return { house, conversation };
}

/** A conversation that a human has taken. */
async function live(options?: HouseOptions): Promise<Awaited<ReturnType<typeof handedOff>>> {
  const scene = await handedOff(options);
  const { house, conversation } = scene;
  house.desk.caseOf(conversation.session.info.id)?.join(mira);
  await settle();
  conversation.news();
  return scene;
}

const caseOf = (house: ConversationHouse, { session }: Conversation) => house.desk.caseOf(session.info.id);

describe('a hand-off to a desk', () => {
  it('MSG-087 goes its way: the last words, triggered, left, accepted, the place in the queue, the human', async () => {
    const { house, conversation } = await handedOff();
    caseOf(house, conversation)?.join(mira);
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
    const { handoffCase } = caseOf(house, conversation)!;
    expect(handoffCase).toMatchObject({ account: 'acme', project: 'shop', request: request('desk'), wasLive: false });
    expect(handoffCase.transcript.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'agent: Hello.',
      'user: A human, please.',
      'agent: One moment.',
    ]);
  });

  it('MSG-088 brings the human every message once, in order, those of the queue too; the agent is silent', async () => {
    const { house, conversation } = await handedOff();
    await conversation.say('Hello?', { local_id: 'L' });
    caseOf(house, conversation)?.join(mira);
    await conversation.say('Are you there?');
    await conversation.say('Hello?', { local_id: 'L' });
    await conversation.say('I am.');
    const received = caseOf(house, conversation)?.received;
    expect(received?.map(({ text }) => text)).toEqual(['Hello?', 'Are you there?', 'I am.']);
    expect(house.agent.turns).toHaveLength(2);
    const echoes = conversation.events.filter(({ event }) => event.type === 'user-message');
    expect(echoes.every(({ event }) => 'messageId' in event && event.messageId !== '')).toBe(true);
  });

  it('MSG-089 lets the human see the user type', async () => {
    const { house, conversation } = await live();
    conversation.types('TYPING_STATE_STARTED');
    conversation.types('TYPING_STATE_STOPPED');
    expect(caseOf(house, conversation)?.typing).toEqual(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED']);
  });

  it('MSG-090 MSG-091 shows the user what the human types and says', async () => {
    const { house, conversation } = await live();
    const human = caseOf(house, conversation);
    human?.type('TYPING_STATE_STARTED');
    human?.say('I am Mira.');
    human?.type('TYPING_STATE_STOPPED');
    await settle();
    expect(conversation.news()).toEqual(['~ live-agent-typing', '12 live-agent-message', '~ live-agent-typing']);
    expect(conversation.events.at(-2)).toMatchObject({ event: { agentId: 'agent-7', text: 'I am Mira.' } });
  });

  it('MSG-092 ends with the human’s leaving, and the session with it', async () => {
    const { house, conversation } = await live();
    caseOf(house, conversation)?.leave();
    await settle();
    expect(conversation.news()).toEqual(['12 live-agent-left', '13 session-end']);
    expect(conversation.session.state.ended?.reason).toBe('REASON_NATURAL_END');
    expect(house.desk.cases).toEqual([]);
  });

  it('is over when the user ends the session', async () => {
    const { house, conversation } = await live();
    const human = caseOf(house, conversation);
    await conversation.end();
    expect(house.desk.cases).toEqual([]);
    human?.say('Wait!');
    await settle();
    expect(conversation.lines.at(-1)).toBe('13 session-end');
  });

  it('tells everybody in the queue their place when it changes', async () => {
    const { house, conversation: first } = await handedOff();
    const second = await house.greeted();
    await askForHuman(house, second);
    const placeOf = ({ session }: Conversation) => session.state.queueStatus?.positionInQueue;
    expect([first, second].map(placeOf)).toEqual([1, 2]);
    caseOf(house, first)?.join(mira);
    await settle();
    expect(placeOf(second)).toBe(1);
  });
});

describe('a hand-off to the client', () => {
  it('MSG-093 is triggered, required and left; nobody is asked for at the desk', async () => {
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await askForHuman(house, conversation, 'client');
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
    const house = await conversationHouse();
    const conversation = await house.greeted();
    await askForHuman(house, conversation, 'client');
    conversation.news();
    await conversation.say('I am back.');
    expect(conversation.news()).toEqual(['10 user-message', '11 poly-agent-joined', '~ poly-agent-thinking']);
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'I am back.' });
  });
});

const unreachable = '~ Sorry, we could not connect you to an agent. Please try again.';

describe('a hand-off that comes to nothing', () => {
  it('MSG-094 is said to have failed; the next message is answered by the agent, which does not greet', async () => {
    const { house, conversation } = await handedOff();
    conversation.news();
    caseOf(house, conversation)?.fail('nobody is on duty');
    await settle();
    expect(conversation.news()).toEqual(['11 handoff-failed', unreachable]);
    expect(house.desk.cases).toEqual([]);
    await conversation.say('Then you.');
    house.agent.turn.say('Gladly.');
    house.agent.turn.finish();
    await settle();
    expect(conversation.news()).toEqual([
      '12 user-message',
      '13 poly-agent-joined',
      '~ poly-agent-thinking',
      '14 poly-agent-message',
    ]);
  });

  it('MSG-095 because the queue took too long is said to have timed out; the desk is told that it is over', async () => {
    const { house, conversation } = await handedOff();
    conversation.news();
    await house.pass(QUEUE_TIMEOUT_MS / 1000 - 1);
    expect(conversation.news()).toEqual([]);
    await house.pass(1);
    expect(conversation.news()).toEqual(['11 handoff-timeout']);
    expect(house.desk.cases).toEqual([]);
    await conversation.say('Then you.');
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'Then you.' });
  });

  it('does not time out once a human is there, however long that takes', async () => {
    const { house, conversation } = await live();
    await house.pass((2 * QUEUE_TIMEOUT_MS) / 1000);
    expect(conversation.news()).toEqual([]);
  });

  it.each([
    ['there is no desk', null, true],
    ['the desk refuses the request', new DeskError('no such queue', { refused: true }), true],
    ['the desk is closed', new DeskError('closed', { refused: false }), false],
    ['the desk crashed', new TypeError('x is not a function'), false],
  ])('MSG-094 because %s fails at once', async (_why, error, refused) => {
    const failing: HandoffDesk = { ...createMemoryDesk(), open: () => Promise.reject(error ?? new Error('never')) };
    const { conversation } = await handedOff({ desk: error ? failing : null });
    const told = refused
      ? ['~ Sorry, handoff could not be initiated.', '9 handoff-failed']
      : ['9 handoff-failed', unreachable];
    expect(conversation.news().slice(3)).toEqual(told);
    expect(conversation.session.state.ended).toBeNull();
  });

  it('may be tried again, at the same desk, with a queue of its own', async () => {
    const { house, conversation } = await handedOff();
    caseOf(house, conversation)?.fail();
    await settle();
    await askForHuman(house, conversation);
    caseOf(house, conversation)?.join(mira);
    await conversation.say('At last.');
    expect(caseOf(house, conversation)?.received.map(({ text }) => text)).toEqual(['At last.']);
    expect(conversation.session.state.floor.holder).toBe('human');
  });

  it('is not decided by a case that is closed', async () => {
    const { house, conversation } = await handedOff();
    const former = caseOf(house, conversation);
    former?.fail();
    await settle();
    await askForHuman(house, conversation);
    conversation.news();
    former?.join(mira);
    await settle();
    expect(conversation.news()).toEqual([]);
  });
});

describe('a message that does not reach the human', () => {
  it('MSG-096 is reported to its sender with its custom data; later ones are delivered', async () => {
    let refusing = true;
    const desk = createMemoryDesk();
    const deliver: HandoffDesk['deliver'] = (sessionId, line) =>
      refusing ? Promise.reject(new Error('line busy')) : desk.deliver(sessionId, line);
    // The desk's own object, but for one method.
    const flaky = Object.create(desk, { deliver: { value: deliver } }) as HandoffDesk;
    const { conversation } = await handedOff({ desk: flaky });
    desk.caseOf(conversation.session.info.id)?.join(mira);
    await settle();
    conversation.news();
    await conversation.say('Can you hear me?', { local_id: 'L' });
    expect(conversation.news()).toEqual(['12 user-message', '~ Failed to forward message to live agent']);
    expect(conversation.events.at(-1)).toMatchObject({ custom: { local_id: 'L' } });
    refusing = false;
    await conversation.say('And now?');
    expect(desk.caseOf(conversation.session.info.id)?.received.map(({ text }) => text)).toEqual(['And now?']);
  });
});

describe('a hand-off that outlives its process', () => {
  it('is opened again at the desk, with all that was said, while it waits', async () => {
    const { house: former, conversation } = await handedOff();
    await conversation.say('Hello?');
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    const { handoffCase } = caseOf(house, conversation)!;
    expect(handoffCase.transcript.at(-1)).toMatchObject({ text: 'Hello?' });
    caseOf(house, conversation)?.join(mira);
    await again.say('You came!');
    expect(caseOf(house, conversation)?.received.map(({ text }) => text)).toEqual(['You came!']);
  });

  it('has failed when the desk lost its human; the agent answers again', async () => {
    const { house: former, conversation } = await live();
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    expect(again.session.state).toMatchObject({ floor: { holder: 'nobody' }, ended: null });
    await again.say('Hello?');
    expect(house.agent.turn.turn.input).toMatchObject({ text: 'Hello?' });
  });

  it('has a patience that begins anew', async () => {
    const { house: former, conversation } = await handedOff();
    const house = await former.crash();
    const again = await house.comeBack(conversation);
    await house.pass(QUEUE_TIMEOUT_MS / 1000);
    expect(again.lines).toContain('11 handoff-timeout');
  });
});
