import { describe, expect, it } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { settle } from '../conversation/conversation-house.ts';
import type { Reply } from '../realtime-server/server-script.ts';
import { realtimeCall, type RealtimeCall, type RealtimeCallOptions } from './realtime-call.ts';

const { onHold } = phrasesFor('en');

function handOff(args: unknown = {}): Reply {
  return { text: 'I’ll fetch a colleague.', calls: [{ name: 'hand_off', arguments: args }] };
}

/** A call that is handed over with the first answer. */
async function handedOver(args: unknown = {}, options: RealtimeCallOptions = {}): Promise<RealtimeCall> {
  const call = await realtimeCall({
    reply: ({ index, instructions }) => {
      if (index === 0) return handOff(args);
      return { text: instructions.includes('word for word') ? 'As you wish.' : 'I am back.' };
    },
    ...options,
  });
  await call.say();
  return call;
}

describe('a hand-off to a desk', () => {
  it('happens when the agent was heard, and says where, why and what about', async () => {
    const call = await handedOver({ reason: 'COMPLEX_QUERY', summary: 'A refund.' });
    expect(call.house.desk.cases).toEqual([]);
    await call.untilSilent();
    expect(call.transcript).toEqual(['user: hello', 'agent: I’ll fetch a colleague.']);
    expect(call.conversation.session.state.handoff).toEqual({
      kind: 'desk',
      reason: 'COMPLEX_QUERY',
      queue: 'General Support',
      route: '',
      data: { summary: 'A refund.' },
    });
    expect(call.house.desk.cases).toHaveLength(1);
    expect(call.asked).toEqual([]);
  });

  it('tells the caller to wait, and lets the model hear nothing more', async () => {
    const call = await handedOver();
    await call.untilSilent();
    const { response } = await call.upstream.next('response.create');
    expect(response?.instructions).toContain(onHold);
    await call.untilSilent();
    const { heardMs } = call.upstream;
    await call.speak(500);
    expect(call.upstream.heardMs).toBe(heardMs);
  });

  it('leaves the caller with the human: his words are journaled, nobody else answers, and what is written is said', async () => {
    const call = await handedOver();
    await call.untilSilent();
    call.house.desk.cases[0]?.join({ id: 'rosa', name: 'Rosa' });
    await settle();
    await call.untilSilent();
    await call.say();
    expect(call.transcript.at(-1)).toBe('user: hello');
    expect(call.mouth.isSpeaking).toBe(false);
    call.house.desk.cases[0]?.say('What is it about?');
    await call.inStep();
    expect(call.mouth.isSpeaking).toBe(true);
    const last = call.upstream.received.findLast(({ type }) => type === 'response.create');
    expect(JSON.stringify(last)).toContain('What is it about?');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('human: What is it about?');
  });

  it('to a queue in which nobody waits tells the caller whom to call instead, and hangs up', async () => {
    const call = await handedOver({}, { announcement: 'Please call 555 0100.' });
    await call.untilSilent();
    const { response } = await call.upstream.next('response.create');
    expect(response?.instructions).toContain('Please call 555 0100.');
    await call.untilSilent();
    await call.inStep();
    expect(call.asked).toEqual(['hang up: handoff']);
  });

  it('leaves what is written unsaid while the human is on the line', async () => {
    const call = await handedOver();
    await call.untilSilent();
    call.house.desk.cases[0]?.join({ id: 'rosa', name: 'Rosa' });
    await settle();
    const { session } = call.conversation;
    const callId = session.state.call?.callId ?? '';
    session.execute({ type: 'call-taken', callId, person: { id: 'rosa', name: 'Rosa' } });
    call.house.desk.cases[0]?.say('What is it about?');
    await call.inStep();
    expect(call.mouth.isSpeaking).toBe(false);
    await call.say();
    expect(call.transcript.slice(-2)).toEqual(['human: What is it about?', 'user: hello']);
  });

  it('that comes to nothing brings the agent back, who says so', async () => {
    const call = await handedOver();
    await call.untilSilent();
    await call.untilSilent();
    call.house.desk.cases[0]?.fail();
    await settle();
    await call.inStep();
    const note = call.upstream.received.findLast(({ type }) => type === 'conversation.item.create');
    expect(JSON.stringify(note)).toContain('No human colleague was available');
    expect(call.conversation.session.state.floor.holder).toBe('agent');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('agent: I am back.');
    await call.say();
    await call.untilSilent();
    expect(call.transcript.slice(-2)).toEqual(['user: hello', 'agent: I am back.']);
  });
});

describe('a hand-off to somewhere else', () => {
  it('is announced on the session and ends the call', async () => {
    const call = await handedOver({}, { handoff: { kind: 'client', queue: 'Support Queue', route: 'tel:+44' } });
    await call.untilSilent();
    expect(call.asked).toEqual(['hang up: handoff']);
    expect(call.conversation.lines.map((line) => line.replace(/^\S+ /, '')).slice(-3)).toEqual([
      'poly-agent-triggered-handoff',
      'client-handoff-required',
      'poly-agent-left',
    ]);
    expect(call.conversation.session.state.handoff).toMatchObject({ queue: 'Support Queue', route: 'tel:+44' });
  });
});
