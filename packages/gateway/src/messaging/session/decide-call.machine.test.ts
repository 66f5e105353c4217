import { describe, expect, it } from 'vitest';
import {
  answered,
  call,
  client,
  desk,
  join,
  linksCall,
  mira,
  replies,
  requeue,
  says,
  thinks,
  userEnds,
} from '../test/commands.ts';
import { PaperSession, lines } from '../test/paper-session.ts';
import type { Command } from './commands.ts';

/** A session in which a call is live and has been greeted. */
function inCall(): PaperSession {
  const session = new PaperSession({ streaming: true });
  session.run(call.starts, call.sounds('Hello.', true), call.answered);
  return session;
}

/** `poly-agent-joined: Ada`, whenever an agent is named. */
function namesOf({ journal }: PaperSession): string[] {
  return journal.flatMap((entry) =>
    entry.sequence !== null && 'agentName' in entry.event ? [`${entry.event.type}: ${entry.event.agentName}`] : [],
  );
}

describe('a call that begins', () => {
  it('VOX-114 lets the agent join without a request, and gives it the turn to greet', () => {
    const session = new PaperSession();
    expect(lines(session.run(linksCall, call.starts))).toEqual([
      '(call-linked)',
      '(call-started)',
      'poly-agent-joined',
    ]);
    expect(session.state).toMatchObject({ floor: { holder: 'agent' }, turn: { kind: 'start' } });
  });

  it('takes over a chat that is under way: an open turn is called off, nobody joins twice', () => {
    const session = new PaperSession();
    session.run(join, thinks, replies('Hello.'), answered, says('Hi.'));
    expect(lines(session.run(call.starts))).toEqual(['(turn-ended)', '(call-started)']);
    expect(session.state.turn).toMatchObject({ kind: 'start' });
  });

  it('for a variant has that one join and speak under its name, in place of whoever was there, until the call is over', () => {
    const session = new PaperSession();
    session.run(join, replies('Hello.'), answered);
    session.run({ ...call.starts, variantId: 'Beatrix' }, call.says('Beatrix speaking.'), call.answered);
    session.run(call.handsOff('desk'), desk.accepts, desk.joins, { type: 'desk-hung-up', ends: false });
    expect(namesOf(session)).toEqual([
      'poly-agent-joined: Ada',
      'poly-agent-message: Ada',
      'poly-agent-joined: Beatrix',
      'poly-agent-message: Beatrix',
      'poly-agent-joined: Ada',
    ]);
  });

  it('brings along what was said before it met the session', () => {
    const session = new PaperSession();
    const backfill = [
      { speaker: 'agent' as const, text: 'Hello.' },
      { speaker: 'user' as const, text: 'Hi.' },
    ];
    session.run({ ...call.starts, greeting: false, backfill });
    expect(session.transcript.lines.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['agent', 'Hello.'],
      ['user', 'Hi.'],
    ]);
    expect(session.state.waiting).toEqual([]);
    expect(session.state.turn).toBeNull();
  });

  it('brings along what a human said before it met the session', () => {
    const session = new PaperSession();
    const by = { id: 'grace', name: 'Grace' };
    session.run({ ...call.starts, greeting: false, backfill: [{ speaker: 'human', text: 'Hello, Grace here.', by }] });
    expect(session.transcript.lines).toMatchObject([{ speaker: 'human', text: 'Hello, Grace here.', by }]);
    expect(session.state).toMatchObject({ floor: { holder: 'agent' }, turn: null });
  });

  it('is the only one: a second changes nothing', () => {
    expect(inCall().run({ ...call.starts, callId: 'C2' })).toEqual([]);
  });

  it('has no place in a session that is over', () => {
    const session = new PaperSession();
    session.run(userEnds);
    expect(session.run(call.starts)).toEqual([]);
  });
});

describe('in a call', () => {
  it('the words of the caller are a user message that was spoken, and open a turn', () => {
    const session = inCall();
    const [heard] = session.run(call.hears('What time is it?'));
    expect(heard).toMatchObject({
      do: 'record',
      event: { type: 'user-message', text: 'What time is it?' },
      custom: { channel: 'voice' },
    });
    expect(session.state.turn).toMatchObject({ kind: 'message' });
  });

  it('keys are a user message of their own kind', () => {
    const session = inCall();
    session.run(call.tones('10'));
    expect(session.state.turn).toMatchObject({ kind: 'tones' });
    expect(session.transcript.lines.at(-1)).toMatchObject({ text: '10', custom: { channel: 'voice', input: 'dtmf' } });
  });

  it('VOX-120 an interrupted answer is complete with what was heard, and its turn is called off', () => {
    const session = inCall();
    session.run(call.hears('Tell me a story.'), call.sounds('Once upon a time'));
    expect(lines(session.run(call.interrupted))).toEqual(['poly-agent-message-chunk', '(turn-ended)']);
    expect(session.transcript.lines.at(-1)?.text).toBe('Once upon a time');
    expect(session.state).toMatchObject({ openMessage: null, turn: null });
  });

  it('what no turn asked for can be said, too', () => {
    const session = inCall();
    expect(lines(session.run(call.says('Are you still there?')))).toEqual(['poly-agent-message']);
  });

  it('the agent is silent once it has handed over', () => {
    const session = inCall();
    session.run(call.hears('A human, please.'), call.handsOff('desk'));
    expect(session.run(call.thinks, call.sounds('Hm.'), call.says('Hm.'))).toEqual([]);
  });

  it('a hand-off to the client is told like one in chat', () => {
    const session = inCall();
    session.run(call.hears('Outside, please.'));
    expect(lines(session.run(call.handsOff('client')))).toEqual([
      '(handoff-requested)',
      'poly-agent-triggered-handoff',
      'client-handoff-required',
      'poly-agent-left',
      '(turn-ended)',
    ]);
  });

  it('the agent comes back when no human could be had', () => {
    const session = inCall();
    session.run(call.handsOff('desk'), desk.timesOut);
    expect(lines(session.run(call.agentBack))).toEqual(['poly-agent-joined']);
  });

  it('a message whose words nobody was to hear leaves no empty one behind when the agent is back', () => {
    const session = inCall();
    session.run(call.handsOff('desk'), call.sounds('Please hold.'), desk.timesOut, call.agentBack);
    expect(session.run(call.sounds('', true))).toEqual([]);
    expect(session.state.openMessage).toBeNull();
  });

  it('the caller brings the agent back by speaking', () => {
    const session = inCall();
    session.run(call.handsOff('desk'), desk.timesOut);
    expect(lines(session.run(call.hears('Hello?')))).toEqual(['user-message', 'poly-agent-joined']);
    expect(session.state.turn).toMatchObject({ kind: 'message' });
  });

  it('nobody but the live call can say anything', () => {
    const session = inCall();
    expect(session.run({ ...call.hangsUp, callId: 'C2' }, { ...call.agentBack, callId: 'C2' })).toEqual([]);
  });

  it('VOX-115 no time-out ends the session', () => {
    expect(inCall().run({ type: 'expire' })).toEqual([]);
  });

  it('a call that answers by itself leaves no turns to anybody', () => {
    const session = new PaperSession();
    session.run({ ...call.starts, answers: 'call', greeting: false }, call.hears('Hi.'), says('Typed.'));
    expect(session.state).toMatchObject({ turn: null, waiting: [] });
  });
});

describe('a call that ends', () => {
  it('VOX-119 takes the session along: the agent leaves, and the reason is told', () => {
    const session = inCall();
    const outcomes = session.run(call.hears('Bye.'), call.sounds('Good'), call.hangsUp);
    expect(lines(outcomes).slice(2)).toEqual([
      'poly-agent-message-chunk',
      '(turn-ended)',
      '(call-ended)',
      'poly-agent-left',
      'session-end',
    ]);
    expect(session.state.ended).toMatchObject({ reason: 'REASON_USER_END' });
  });

  it('leaves no agent behind where a human had taken over', () => {
    const session = inCall();
    session.run(call.handsOff('desk'), desk.joins);
    expect(lines(session.run(call.hangsUp))).toEqual(['(call-ended)', 'session-end']);
  });

  it('that goes on elsewhere ends the session without further ado', () => {
    expect(lines(inCall().run(call.moves))).toEqual(['(call-ended)', 'session-end']);
  });
});

it('a session that asks for a call of another session is told so, and goes on', () => {
  const session = new PaperSession();
  session.run(client({ type: 'heartbeat' }));
  expect(lines(session.run({ type: 'call-link-refused' }))).toEqual([expect.stringMatching(/^~ .+ > everyone$/)]);
  expect(session.state.ended).toBeNull();
});

describe('a person at the desk in a call', () => {
  /** A human has the conversation of a live call. */
  function withHuman(): PaperSession {
    const session = inCall();
    session.run(call.hears('A human, please.'), call.handsOff('desk'), desk.joins);
    return session;
  }

  const held = (on: boolean, personId = mira.id) => ({ type: 'desk-call-held', personId, held: on }) as const;
  const person = (session: PaperSession) => session.state.call?.person;

  it('takes it, has the caller wait, and leaves the line; clients are told nothing', () => {
    const session = withHuman();
    expect(lines(session.run(call.taken))).toEqual(['(call-taken)']);
    expect(person(session)).toEqual({ id: mira.id, name: mira.name, held: false });
    expect(lines(session.run(held(true), held(true), held(false)))).toEqual(['(call-held)', '(call-held)']);
    expect(lines(session.run(call.released, call.released))).toEqual(['(call-released)']);
    expect(person(session)).toBeNull();
  });

  it('is the only one, and the only one who can have the caller wait', () => {
    const session = withHuman();
    session.run(call.taken);
    const other = { ...call.taken, person: { id: 'agent-8', name: 'Noor' } };
    expect(session.run(other, held(true, 'agent-8'), { type: 'desk-call-released', personId: 'agent-8' })).toEqual([]);
    expect(person(session)).toMatchObject({ id: mira.id, held: false });
  });

  it.each<[string, Command[]]>([
    ['the agent', []],
    ['the queue', [call.hears('A human, please.'), call.handsOff('desk'), desk.accepts]],
  ])('takes nothing while the floor is with %s', (_whose, before) => {
    const session = inCall();
    session.run(...before);
    expect(session.run(call.taken)).toEqual([]);
  });

  it.each<[string, Command]>([
    ['the agent has the conversation again', desk.returns],
    ['the caller waits again', requeue('Billing')],
    ['the desk fails', desk.fails],
    ['somebody else has the chat', { type: 'desk-call-released', personId: mira.id }],
  ])('is off the line when %s', (_what, command) => {
    const session = withHuman();
    session.run(call.taken, command);
    expect(session.state.call).toMatchObject({ callId: 'C1', person: null });
  });

  it('hangs up: the conversation is over, or the agent has it without the call', () => {
    expect(lines(withHuman().run({ type: 'desk-hung-up', ends: true }))).toEqual(['live-agent-left', 'session-end']);
    const session = withHuman();
    expect(lines(session.run({ type: 'desk-hung-up', ends: false }))).toEqual([
      '(call-ended)',
      '(handoff-returned)',
      'poly-agent-joined',
    ]);
    expect(session.state).toMatchObject({ call: null, turn: { kind: 'return' }, ended: null });
    expect(session.run({ type: 'desk-hung-up', ends: true })).toEqual([]);
  });

  it('is known again when another process reads the journal, and since when the call goes on', () => {
    const session = withHuman();
    session.run(call.taken, held(true));
    const { state } = session;
    session.reload();
    expect(session.state).toEqual(state);
    expect(state.call?.sinceMs).toBeGreaterThan(0);
  });
});
