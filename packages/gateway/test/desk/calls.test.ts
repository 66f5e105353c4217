// Visitors who call, and people at the desk who talk with them. What stands in the journal is done here in the name of
// voice; the audio has its own tests.
import { describe, expect, it } from 'vitest';
import type { CallView, DeskAnswer } from '../../src/handoff/index.ts';
import { billing, boss, deskHouse, general, grace, noor, queue, settle } from './desk-house.ts';
import type { DeskClient, HouseOptions } from './desk-house.ts';

/** A visitor who calls and waits; nobody has the chat yet. */
async function calling(options?: HouseOptions) {
  const house = await deskHouse(options);
  const desk = house.connect(grace);
  const visitor = await house.visitor();
  const { session, id: sessionId } = visitor;
  const starts = { answers: 'agent', greeting: false, variantId: null, build: null, backfill: [] } as const;
  session.execute({ type: 'call-started', callId: 'C1', ...starts });
  await visitor.say('human General');
  const request = { kind: 'desk', reason: 'AGENT_DECISION', queue: 'General', route: '', data: {} } as const;
  session.execute({ type: 'call-handoff', callId: 'C1', request });
  await settle();
  return {
    house,
    desk,
    visitor,
    sessionId,
    /** A person's leg is connected. */
    takes: async (person = grace): Promise<void> => {
      session.execute({ type: 'call-taken', callId: 'C1', person: { id: person.id, name: person.name } });
      await settle();
    },
    get onLine() {
      return session.state.call?.person ?? null;
    },
  };
}

/** The same, in Grace's hands. */
async function chatting(options?: HouseOptions) {
  const call = await calling(options);
  await call.desk.do({ type: 'accept', sessionId: call.sessionId });
  await settle();
  return call;
}

const codeOf = (answer: DeskAnswer) => (answer.ok ? 'ok' : answer.refusal.code);
const callsTold = (desk: DeskClient): (CallView | null)[] =>
  desk.news().flatMap((event) => (event.type === 'chat' ? [event.chat.call] : []));

describe('the call of a visitor', () => {
  it('is seen while they wait, and in the chat: since when it goes on, who has taken it, who has them wait', async () => {
    const { house, desk, sessionId, takes } = await calling();
    const sinceMs = house.time.nowMs();
    const free = { state: 'free', sinceMs, person: null };
    expect(house.desk.view(grace).waiting).toMatchObject([{ sessionId, call: free }]);
    await desk.do({ type: 'accept', sessionId });
    expect(house.desk.view(grace).chats).toMatchObject([{ sessionId, call: free }]);
    desk.news();
    await takes();
    await desk.do({ type: 'hold-call', sessionId, held: true });
    await settle();
    const person = { id: 'grace', name: 'GRACE' };
    expect(callsTold(desk)).toEqual([
      { state: 'taken', sinceMs, person },
      { state: 'held', sinceMs, person },
    ]);
  });

  it('is taken with a token that is for this chat and this person', async () => {
    const { desk, sessionId } = await chatting();
    expect(await desk.do({ type: 'call-token', sessionId })).toEqual({
      ok: true,
      callToken: { token: `call ${sessionId} as grace`, expiresMs: 0 },
    });
  });

  it("is nobody's who is not in the chat, supervisors included, until they join", async () => {
    const { house, sessionId } = await chatting();
    const [other, supervisor] = [house.connect(noor), house.connect(boss)];
    for (const desk of [other, supervisor]) {
      expect(codeOf(await desk.do({ type: 'call-token', sessionId }))).toBe('not-allowed');
      expect(codeOf(await desk.do({ type: 'hold-call', sessionId, held: true }))).toBe('not-allowed');
      expect(codeOf(await desk.do({ type: 'hang-up-call', sessionId }))).toBe('not-allowed');
    }
    expect(house.desk.personIn({ sessionId, personId: 'boss' })).toBeUndefined();
    await supervisor.do({ type: 'join', sessionId });
    expect(codeOf(await supervisor.do({ type: 'call-token', sessionId }))).toBe('ok');
    expect(house.desk.personIn({ sessionId, personId: 'boss' })).toEqual({ id: 'boss', name: 'BOSS' });
  });

  it("is one person's at a time; the other is told whose, and cannot have the caller wait", async () => {
    const { house, sessionId, takes } = await chatting();
    const supervisor = house.connect(boss);
    await supervisor.do({ type: 'join', sessionId });
    await takes();
    const answer = await supervisor.do({ type: 'call-token', sessionId });
    expect(answer).toMatchObject({ refusal: { code: 'call-taken', by: { id: 'grace', name: 'GRACE' } } });
    expect(codeOf(await supervisor.do({ type: 'hold-call', sessionId, held: true }))).toBe('no-call');
  });

  it('goes with the chat: whoever gives it away, or leaves it to the other, is off the line', async () => {
    const moved = await chatting({ queues: [general, billing] });
    await moved.takes();
    await moved.desk.do({ type: 'transfer', sessionId: moved.sessionId, to: { queueId: 'billing' } });
    expect(moved.onLine).toBeNull();

    const shared = await chatting();
    shared.house.connect(boss);
    await shared.house.desk.act(boss, { type: 'join', sessionId: shared.sessionId });
    await shared.takes();
    await shared.desk.do({ type: 'leave', sessionId: shared.sessionId });
    expect(shared.onLine).toBeNull();
    expect(shared.visitor.session.state).toMatchObject({ floor: { holder: 'human' }, call: { callId: 'C1' } });

    const given = await chatting();
    given.house.connect(noor);
    await given.takes();
    await given.desk.do({ type: 'transfer', sessionId: given.sessionId, to: { personId: 'noor' } });
    expect(given.onLine).toBeNull();
    await given.takes(noor);
    expect(given.onLine).toMatchObject({ id: 'noor' });
  });

  it('that somebody took who lost the chat a moment before is given back', async () => {
    const call = await chatting();
    call.house.connect(noor);
    await call.desk.do({ type: 'transfer', sessionId: call.sessionId, to: { personId: 'noor' } });
    await call.takes(grace);
    expect(call.onLine).toBeNull();
  });

  it.each([
    ['end', { ended: { reason: 'REASON_NATURAL_END' }, call: null }],
    ['agent', { ended: null, call: null }],
  ] as const)('is hung up, and what the queue says follows: %s', async (afterHuman, state) => {
    const { desk, visitor, sessionId } = await chatting({
      queues: [queue('general', { name: 'General', afterHuman })],
    });
    expect(await desk.do({ type: 'hang-up-call', sessionId })).toEqual({ ok: true });
    expect(visitor.session.state).toMatchObject(state);
  });

  it("is nobody's in a queue that sends callers elsewhere; whoever writes waits there all the same", async () => {
    const queues = [queue('general', { name: 'General', announce: 'Please call 555 0100.' })];
    const { house, desk, visitor } = await calling({ queues });
    expect(desk.news().filter(({ type }) => type === 'waiting')).toEqual([]);
    visitor.session.execute({ type: 'call-ended', callId: 'C1', reason: 'REASON_NATURAL_END' });
    await settle();
    const writing = await house.waiting();
    expect(house.desk.view(grace).waiting).toMatchObject([{ sessionId: writing.id, call: null }]);
  });

  it('cannot be taken, held or hung up where there is none', async () => {
    const house = await deskHouse();
    const desk = house.connect(grace);
    const { id: sessionId } = await house.waiting();
    await desk.do({ type: 'accept', sessionId });
    expect(codeOf(await desk.do({ type: 'call-token', sessionId }))).toBe('no-call');
    expect(codeOf(await desk.do({ type: 'hold-call', sessionId, held: true }))).toBe('no-call');
    expect(codeOf(await desk.do({ type: 'hang-up-call', sessionId }))).toBe('no-call');
  });
});
