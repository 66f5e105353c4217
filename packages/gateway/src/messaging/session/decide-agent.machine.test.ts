import type { EventOf } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import {
  agentEnds,
  answered,
  fails,
  handsOff,
  join,
  replies,
  request,
  says,
  streams,
  switchesTo,
  thinks,
} from '../test/commands.ts';
import { sessionAt } from '../test/floors.ts';
import { PaperSession, lines } from '../test/paper-session.ts';

/** The chunks in a session's journal. */
function chunks(session: PaperSession): EventOf<'poly-agent-message-chunk'>[] {
  return session.journal.flatMap((entry) =>
    entry.sequence !== null && entry.event.type === 'poly-agent-message-chunk' ? [entry.event] : [],
  );
}

describe('an agent that joins', () => {
  it('MSG-055 has a name and a picture', () => {
    const session = sessionAt('joining');
    expect(session.run(thinks)[0]).toEqual({
      do: 'record',
      event: { type: 'poly-agent-joined', agentName: 'Ada', agentAvatarUrl: 'https://parley.test/ada.png' },
    });
  });

  it('joins once, whatever it does first and next', () => {
    const session = sessionAt('joining');
    expect(lines(session.run(thinks, switchesTo('fr-FR'), replies('Bonjour.'), answered))).toEqual([
      'poly-agent-joined',
      '~ poly-agent-thinking > everyone',
      'language-changed',
      'poly-agent-message',
      '(turn-ended)',
    ]);
  });

  it('MSG-107 is said to have failed to start three times, then in words that make no SDK try again', () => {
    const session = new PaperSession();
    const told = Array.from({ length: 5 }, () => lines(session.run(join, fails('no-reply'))).at(-1));
    const unable = "~ Sorry, I'm unable to start a conversation right now. Please try again later. > everyone";
    const error = '~ Sorry, I encountered an error. Please try again. > everyone';
    expect(told).toEqual([unable, unable, unable, error, error]);
  });

  it('MSG-107 has its failures counted from the last success on', () => {
    const session = new PaperSession();
    session.run(join, fails(), join, fails(), join, replies('Hello.'), answered);
    expect(session.state.startFailures).toBe(0);
  });

  it('that is overloaded says so, as a warning', () => {
    const [, told] = sessionAt('joining').run(fails('overloaded'));
    expect(told).toMatchObject({ event: { level: 'SYSTEM_MESSAGE_LEVEL_WARNING' } });
  });

  it('that fails after it has joined fails its turn and stays', () => {
    const session = sessionAt('joining');
    session.run(thinks);
    expect(lines(session.run(fails('no-reply')))).toEqual([
      '(turn-ended)',
      "~ Sorry, I'm having trouble responding right now. Please try again. > everyone",
    ]);
    expect(session.state).toMatchObject({ floor: { holder: 'agent' }, startFailures: 0 });
  });
});

describe('a whole message', () => {
  it('MSG-059 has an id, a text and both lists, the agent’s name and picture', () => {
    const [outcome] = sessionAt('in a turn').run(replies('Hello.'));
    expect(outcome).toMatchObject({
      event: {
        messageId: expect.stringMatching(/^id\d+$/),
        text: 'Hello.',
        attachments: [],
        responseSuggestions: [],
        agentName: 'Ada',
        avatarUrl: 'https://parley.test/ada.png',
      },
    });
    expect(outcome).toMatchObject({ event: { chatCallActions: undefined, endConversation: undefined } });
  });

  it('carries call actions and the end of the conversation when there are such', () => {
    const callActions = [{ title: 'Call us', contactNumber: '+441632960000' }];
    const [outcome] = sessionAt('in a turn').run(replies('Bye.', { callActions, endConversation: true }));
    expect(outcome).toMatchObject({ event: { chatCallActions: callActions, endConversation: true } });
  });

  it('MSG-085 completes the streamed message before it', () => {
    const session = sessionAt('in a streamed message');
    expect(lines(session.run(replies('Listen.'), streams('Now ')))).toEqual([
      'poly-agent-message-chunk',
      'poly-agent-message',
      'poly-agent-message-chunk',
    ]);
    const [first, last, next] = chunks(session);
    expect(last).toMatchObject({ messageId: first?.messageId, text: '', chunkIndex: 2, isComplete: true });
    expect(next).toMatchObject({ chunkIndex: 1, isComplete: false });
  });
});

describe('a streamed message', () => {
  it('MSG-082 MSG-084 has one id and indices from 1; its last chunk and no other is complete', () => {
    const session = sessionAt('in a turn');
    session.run(streams('Well, '), streams('then. '), streams('', true), streams('More.', true));
    const id = chunks(session)[0]?.messageId;
    const plain = { type: 'poly-agent-message-chunk', attachments: [], responseSuggestions: [] };
    expect(chunks(session).slice(0, 3)).toEqual([
      { ...plain, messageId: id, text: 'Well, ', chunkIndex: 1, isComplete: false },
      { ...plain, messageId: id, text: 'then. ', chunkIndex: 2, isComplete: false },
      { ...plain, messageId: id, text: '', chunkIndex: 3, isComplete: true },
    ]);
    expect(chunks(session)[3]).toMatchObject({ text: 'More.', chunkIndex: 1, isComplete: true });
    expect(chunks(session)[3]?.messageId).not.toBe(id);
  });

  it.each([
    ['a turn that is answered', answered],
    ['a turn that fails', fails()],
    ['a hand-off', handsOff()],
    ['the end', agentEnds],
    ['its user, who is gone', { type: 'expire' as const }],
  ])('MSG-082 MSG-085 is completed by %s', (_by, command) => {
    const session = sessionAt('in a streamed message');
    session.run(command, streams('too late'));
    expect(chunks(session).map(({ text, isComplete }) => ({ text, isComplete }))).toEqual([
      { text: 'Well, ', isComplete: false },
      { text: '', isComplete: true },
    ]);
  });

  it.each(['overloaded', 'no-reply', 'broken'] as const)(
    'that breaks off (%s) is completed first, then said to be broken, whatever the cause',
    (cause) => {
      expect(lines(sessionAt('in a streamed message').run(fails(cause)))).toEqual([
        'poly-agent-message-chunk',
        '(turn-ended)',
        '~ Sorry, I encountered an error. Please try again. > everyone',
      ]);
    },
  );
});

describe('a turn', () => {
  it('that is over refuses everything', () => {
    const session = sessionAt('in a turn');
    const { turnId } = session;
    session.run(answered);
    const { state } = session;
    const late = [
      thinks,
      replies('Late.'),
      streams('Late.'),
      switchesTo('fr-FR'),
      handsOff(),
      agentEnds,
      answered,
      fails(),
    ];
    expect(late.flatMap((command) => session.run({ ...command(session), turnId }))).toEqual([]);
    expect(session.state).toBe(state);
  });

  it.each([
    ['overloaded', 'Our system is experiencing high load. Please try again in a moment.', 'WARNING'],
    ['no-reply', "Sorry, I'm having trouble responding right now. Please try again.", 'ERROR'],
    ['broken', 'Sorry, I encountered an error. Please try again.', 'ERROR'],
  ] as const)('that fails (%s) says why to everybody, and the next begins', (cause, message, level) => {
    const session = sessionAt('in a turn');
    session.run(says('And this?'));
    expect(session.run(fails(cause)).at(-1)).toMatchObject({
      to: 'everyone',
      event: { message, level: `SYSTEM_MESSAGE_LEVEL_${level}` },
    });
    expect(session.turnId).toBe(session.lastMessageId);
  });

  it('can be asked for although the user said nothing; it waits like any other', () => {
    const session = sessionAt('in a turn');
    session.run({ type: 'request-turn' }, answered);
    expect(session.state.turn).toMatchObject({ kind: 'poll' });
    session.run({ type: 'request-turn' });
    const [next] = session.state.waiting;
    expect(next?.id).not.toBe(session.turnId);
  });

  it('changes the language once', () => {
    const session = sessionAt('in a turn');
    expect(lines(session.run(switchesTo('fr-FR'), switchesTo('fr-FR'), switchesTo('de-DE')))).toEqual([
      'language-changed',
      'language-changed',
    ]);
    expect(session.state.language).toBe('de-DE');
  });
});

describe('a hand-off', () => {
  it('MSG-087 to a desk: triggered, left; what waited goes along', () => {
    const session = sessionAt('in a turn');
    session.run(says('Quickly, please.'));
    expect(lines(session.run(handsOff('desk')))).toEqual([
      '(handoff-requested)',
      'poly-agent-triggered-handoff',
      'poly-agent-left',
      '(turn-ended)',
    ]);
    expect(session.state).toMatchObject({
      floor: { holder: 'queue', accepted: false },
      turn: null,
      waiting: [],
      handoff: request('desk'),
    });
  });

  it('MSG-093 to the client: triggered, required with its reason, left; nobody has the floor', () => {
    const session = sessionAt('in a turn');
    const outcomes = session.run(handsOff('client'));
    expect(lines(outcomes)).toEqual([
      '(handoff-requested)',
      'poly-agent-triggered-handoff',
      'client-handoff-required',
      'poly-agent-left',
      '(turn-ended)',
    ]);
    const { reason, queue: queueName, route } = request('client');
    expect(outcomes[2]).toMatchObject({ event: { reason, queueName, route } });
    expect(session.state).toMatchObject({ floor: { holder: 'nobody' }, ended: null });
  });

  it('MSG-116 in the Chat API is always the client’s', () => {
    const session = sessionAt('in a turn', { door: 'chat-api' });
    expect(lines(session.run(handsOff('desk')))).toContain('client-handoff-required');
    expect(session.state).toMatchObject({ floor: { holder: 'nobody' }, handoff: { kind: 'client' } });
  });
});

describe('an end by the agent', () => {
  it('MSG-101 is natural, and later turns are dropped', () => {
    const session = sessionAt('in a turn');
    session.run(says('Wait, '));
    expect(session.run(replies('Goodbye.'), agentEnds).at(-1)).toEqual({
      do: 'record',
      event: { type: 'session-end', reason: 'REASON_NATURAL_END' },
    });
    expect(session.state).toMatchObject({ turn: null, waiting: [], floor: { holder: 'nobody' } });
  });
});
