// A caller who is handed over: to a human who writes what is read to him, or to somewhere else.
import { describe, expect, it } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { settle } from '../conversation/conversation-house.ts';
import { greetedCall } from './call-house.ts';
import type { PaperCall } from './call-house.ts';

const phrases = phrasesFor('en');
const rosa = { id: 'rosa', name: 'Rosa' };

/** A call whose caller waits for a human. */
async function waitingCall(): Promise<PaperCall> {
  const call = await greetedCall();
  await call.say('Talk to a human');
  await call.untilSilent();
  return call;
}

/** A call in which a human has taken over. */
async function humanCall(): Promise<PaperCall> {
  const call = await waitingCall();
  call.house.desk.cases[0]?.join(rosa);
  await settle();
  call.spoken();
  return call;
}

describe('a caller who is handed to a human', () => {
  it('hears the agent out before the hand-off, and then that he has to wait', async () => {
    const call = await greetedCall();
    await call.say('Talk to a human');
    await call.pass(1_000);
    expect(call.house.desk.cases).toEqual([]);
    await call.untilSilent();
    expect(call.spoken().join(' ')).toBe(`Let me fetch a colleague for you. ${phrases.onHold}`);
    expect(call.conversation.news().filter((line) => line.includes('poly-agent-'))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('poly-agent-triggered-handoff'),
        expect.stringContaining('poly-agent-left'),
      ]),
    );
    expect(call.transcript.at(-1)).toBe('agent: Let me fetch a colleague for you.');
    expect(call.asked).toEqual([]);
  });

  it('is handed over although he interrupts the announcement', async () => {
    const call = await greetedCall();
    await call.say('Talk to a human');
    await call.pass(500);
    await call.say('Thank you.');
    expect(call.house.desk.cases).toHaveLength(1);
    expect(call.transcript.at(-1)).toBe('user: Thank you.');
    expect(call.conversation.session.state.floor.holder).toBe('queue');
  });

  it('is not asked whether he is still there while he waits', async () => {
    const call = await waitingCall();
    call.spoken();
    await call.pass(30_000);
    expect(call.spoken()).toEqual([]);
  });

  it('hears what the human writes, and the human reads what he says', async () => {
    const call = await humanCall();
    call.house.desk.cases[0]?.say('Hello, this is Rosa. How can I help?');
    await call.untilSilent();
    expect(call.spoken()).toEqual(['Hello, this is Rosa.', 'How can I help?']);
    await call.say('My order is late.');
    expect(call.house.desk.cases[0]?.received.map(({ text }) => text)).toEqual(['My order is late.']);
    expect(call.conversation.session.state.turn).toBeNull();
    expect(call.spoken()).toEqual([]);
    expect(call.transcript.slice(-2)).toEqual([
      'human: Hello, this is Rosa. How can I help?',
      'user: My order is late.',
    ]);
  });

  it('is not read what the human writes who is on the line, neither then nor later, and is understood all the same', async () => {
    const call = await humanCall();
    const { session } = call.conversation;
    session.execute({ type: 'call-taken', callId: 'call-1', person: rosa });
    call.house.desk.cases[0]?.say('I am with you.');
    await call.say('My order is late.');
    expect(call.transcript.slice(-2)).toEqual(['human: I am with you.', 'user: My order is late.']);
    session.execute({ type: 'call-released', callId: 'call-1', personId: 'rosa' });
    await call.untilSilent();
    expect(call.spoken()).toEqual([]);
    call.house.desk.cases[0]?.say('Until later.');
    await call.untilSilent();
    expect(call.spoken()).toEqual(['Until later.']);
  });

  it('hears the rest of what the human wrote after he has spoken into it', async () => {
    const call = await humanCall();
    call.house.desk.cases[0]?.say('Your order was lost. We send it again.');
    await call.pass(500);
    await call.sound(400);
    expect(call.mouth.isSpeaking).toBe(false);
    call.recogniser.words.push('Oh no!');
    await call.pass(1_060);
    await call.untilSilent();
    expect(call.spoken().slice(-2)).toEqual(['Your order was lost.', 'We send it again.']);
    expect(call.transcript.at(-1)).toBe('user: Oh no!');
  });

  it('has the agent back when nobody can be had', async () => {
    const call = await greetedCall({ hasDesk: false });
    await call.say('Talk to a human');
    await call.untilSilent();
    expect(call.spoken().join(' ')).toContain(phrases.nobodyAvailable);
    expect(call.transcript.at(-1)).toBe(`agent: ${phrases.nobodyAvailable}`);
    await call.say('opening hours');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toMatch(/^agent: We are open/);
  });
});

describe('a caller who is handed to a queue in which nobody waits', () => {
  it('is told whom to call instead, cannot speak into it, and is hung up on', async () => {
    const call = await greetedCall({ announcement: 'Please call 555 0100.' });
    await call.say('Talk to a human');
    while (call.conversation.session.state.floor.holder !== 'queue') await call.pass(20);
    await call.pass(200);
    await call.sound(400);
    expect(call.mouth.isSpeaking).toBe(true);
    await call.untilSilent();
    expect(call.spoken().at(-1)).toBe('Please call 555 0100.');
    expect(call.asked).toEqual(['hang up: handoff']);
  });
});

describe('a caller who is handed elsewhere', () => {
  it('is hung up on after the last word, with the hand-off in the journal', async () => {
    const call = await greetedCall();
    await call.say('Is there anybody outside?');
    await call.pass(500);
    expect(call.asked).toEqual([]);
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: handoff']);
    const kinds = call.conversation.events.map(({ event }) => event.type);
    expect(kinds.slice(-3)).toEqual(['poly-agent-triggered-handoff', 'client-handoff-required', 'poly-agent-left']);
  });
});
