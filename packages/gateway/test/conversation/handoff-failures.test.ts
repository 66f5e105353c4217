// Hand-offs that come to nothing, messages that don't arrive, and processes that die in between.
import { describe, expect, it } from 'vitest';
import { DeskError, createMemoryDesk } from '../../src/handoff/index.ts';
import type { HandoffDesk } from '../../src/handoff/index.ts';
import { QUEUE_TIMEOUT_MS, settle } from './conversation-house.ts';
import { askForHuman, caseOf, handedOff, live, mira } from './handoff-scenes.ts';

const unreachable = '~ Sorry, we could not connect you to an agent. Please try again.';

describe('a hand-off that comes to nothing', () => {
  it('MSG-094 is said to have failed; the next message is answered by the agent, which does not greet', async () => {
    const { house, conversation } = await handedOff();
    conversation.news();
    caseOf({ house, conversation }).fail('nobody is on duty');
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
    caseOf({ house, conversation }).fail();
    await settle();
    await askForHuman({ house, conversation });
    caseOf({ house, conversation }).join(mira);
    await conversation.say('At last.');
    expect(caseOf({ house, conversation }).received.map(({ text }) => text)).toEqual(['At last.']);
    expect(conversation.session.state.floor.holder).toBe('human');
  });

  it('is not decided by a case that is closed', async () => {
    const { house, conversation } = await handedOff();
    const former = caseOf({ house, conversation });
    former.fail();
    await settle();
    await askForHuman({ house, conversation });
    conversation.news();
    former.join(mira);
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
    const { handoffCase } = caseOf({ house, conversation });
    expect(handoffCase.transcript.at(-1)).toMatchObject({ text: 'Hello?' });
    caseOf({ house, conversation }).join(mira);
    await again.say('You came!');
    expect(caseOf({ house, conversation }).received.map(({ text }) => text)).toEqual(['You came!']);
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
