import type { Attachment } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import {
  answered,
  client,
  desk,
  forwardFailed,
  handsOff,
  humanSays,
  join,
  mira,
  place,
  replies,
  requeue,
  says,
  streams,
  thinks,
} from '../test/commands.ts';
import { sessionAt } from '../test/floors.ts';
import { lines } from '../test/paper-session.ts';

describe('a desk', () => {
  it('MSG-087 takes the case, tells the place in the queue, and sends a human', () => {
    const session = sessionAt('in a turn');
    const handsOff = { type: 'agent-handoff', turnId: session.turnId } as const;
    const request = { kind: 'desk', reason: 'POLICY', queue: 'Support Queue', route: '', data: {} } as const;
    const outcomes = session.run({ ...handsOff, request }, desk.accepts, place(2), place(1), desk.joins);
    expect(lines(outcomes).filter((line) => !line.startsWith('('))).toEqual([
      'poly-agent-triggered-handoff',
      'poly-agent-left',
      'handoff-accepted',
      'handoff-queue-status',
      'handoff-queue-status',
      'live-agent-joined',
    ]);
  });

  it('that joins at once has accepted', () => {
    expect(lines(sessionAt('asking for a desk').run(desk.joins))).toEqual(['handoff-accepted', 'live-agent-joined']);
  });

  it('tells a place in the queue when it has changed, and only then', () => {
    const session = sessionAt('queued');
    const status = { type: 'desk-queue-status', status: { estimatedWaitSeconds: 60 } } as const;
    expect(lines(session.run(place(2), place(2), status, status, place(2)))).toHaveLength(3);
  });

  it('tells the place anew in another hand-off', () => {
    const session = sessionAt('queued');
    session.run(place(1), desk.fails, says('Again, please.'));
    const request = { kind: 'desk', reason: 'POLICY', queue: 'Support Queue', route: '', data: {} } as const;
    session.run({ type: 'agent-handoff', turnId: session.turnId, request }, desk.accepts);
    expect(lines(session.run(place(1)))).toEqual(['handoff-queue-status']);
  });
});

describe('while a human is asked for or has the floor', () => {
  it.each(['asking for a desk', 'queued', 'live'] as const)(
    'MSG-088 (%s) messages are echoed and no turn begins',
    (point) => {
      const session = sessionAt(point);
      expect(lines(session.run(says('Hello?')))).toEqual(['user-message']);
      expect(session.state).toMatchObject({ turn: null, waiting: [] });
    },
  );

  it.each(['asking for a desk', 'queued', 'live'] as const)('(%s) the agent can do nothing', (point) => {
    const session = sessionAt(point);
    expect(session.run(thinks, replies('I am back.'), streams('I '), { type: 'request-turn' })).toEqual([]);
  });

  it('MSG-090 the human is introduced, and messages carry who wrote them', () => {
    const session = sessionAt('queued');
    expect(session.run(desk.joins)).toEqual([{ do: 'record', event: { type: 'live-agent-joined', agent: mira } }]);
    expect(session.run(humanSays('Hello.'))).toMatchObject([
      {
        event: {
          type: 'live-agent-message',
          messageId: expect.stringMatching(/^id\d+$/),
          agentId: mira.id,
          agentName: mira.name,
          avatarUrl: mira.avatarUrl,
          text: 'Hello.',
          attachments: [],
          responseSuggestions: [],
        },
      },
    ]);
  });

  it.each(['TYPING_STATE_STARTED', 'TYPING_STATE_STOPPED'] as const)(
    'MSG-091 that the human types (%s) is shown to everybody and not kept',
    (state) => {
      const event = { type: 'live-agent-typing', state, agentId: mira.id, agentName: mira.name };
      expect(sessionAt('live').run({ type: 'desk-typing', state })).toEqual([{ do: 'send', event, to: 'everyone' }]);
    },
  );

  it('a message that was sent before under the same id is not sent again, after a restart neither', () => {
    const session = sessionAt('live');
    const message = { ...humanSays('Hello.'), messageId: 'm-1' };
    expect(lines(session.run(message, message))).toEqual(['live-agent-message']);
    session.reload();
    expect(session.run(message)).toEqual([]);
  });

  it('somebody else may write and type beside whoever joined last', () => {
    const session = sessionAt('live');
    const noor = { id: 'agent-8', name: 'Noor' };
    expect(session.run({ ...humanSays('Me too.'), agent: noor })).toMatchObject([
      { event: { agentId: 'agent-8', agentName: 'Noor' } },
    ]);
    expect(session.run({ type: 'desk-typing', state: 'TYPING_STATE_STARTED', agent: noor })).toMatchObject([
      { event: { agentId: 'agent-8' } },
    ]);
    expect(session.transcript.lines.at(-1)).toMatchObject({ speaker: 'human', by: { id: 'agent-8', name: 'Noor' } });
  });

  it('attachments and suggestions of a human are shown and kept', () => {
    const attachment = {
      title: 'Map',
      contentUrl: 'https://parley.test/m',
      contentType: 'ATTACHMENT_CONTENT_TYPE_URL',
    };
    const extras = { attachments: [attachment as Attachment], suggestions: [{ messageText: 'Thanks' }] };
    const session = sessionAt('live');
    const [said] = session.run({ ...humanSays('Here.'), ...extras });
    expect(said).toMatchObject({
      event: { attachments: [attachment], responseSuggestions: [{ messageText: 'Thanks' }] },
    });
    expect(session.transcript.lines.at(-1)).toMatchObject(extras);
  });

  it('another human may take over; the first has not left', () => {
    const session = sessionAt('live');
    const noor = { id: 'agent-8', name: 'Noor' };
    expect(lines(session.run({ type: 'desk-joined', agent: noor }))).toEqual(['live-agent-joined']);
    expect(session.run(humanSays('Hello.'))).toMatchObject([{ event: { agentId: 'agent-8', agentName: 'Noor' } }]);
  });

  it('MSG-092 the human leaves, and the session ends naturally', () => {
    const session = sessionAt('live');
    expect(session.run({ type: 'desk-left', reason: 'done' })).toEqual([
      {
        do: 'record',
        event: { type: 'live-agent-left', agentId: mira.id, agentName: mira.name, reason: 'done' },
      },
      { do: 'record', event: { type: 'session-end', reason: 'REASON_NATURAL_END' } },
    ]);
    expect(session.state.floor).toEqual({ holder: 'nobody' });
  });

  it('the user may end the session, and the desk is out', () => {
    const session = sessionAt('live');
    session.run(client({ type: 'user-end-session' }));
    expect(session.run(humanSays('Wait!'), desk.leaves, desk.types)).toEqual([]);
  });
});

describe('a conversation that goes back to the agent', () => {
  it.each(['queued', 'live'] as const)(
    '(%s) does so without a word that somebody left, and the agent has a turn',
    (point) => {
      const session = sessionAt(point);
      expect(lines(session.run(desk.returns))).toEqual(['(handoff-returned)', 'poly-agent-joined']);
      expect(session.state).toMatchObject({
        floor: { holder: 'agent' },
        turn: { kind: 'return' },
        waiting: [],
        ended: null,
      });
      expect(lines(session.run(replies('I am back.'), answered))).toEqual(['poly-agent-message', '(turn-ended)']);
      expect(session.state.turn).toBeNull();
    },
  );

  it('goes on with what the user says next, after the agent has said that it is back', () => {
    const session = sessionAt('live');
    session.run(desk.returns, says('And now?'));
    expect(session.state).toMatchObject({ turn: { kind: 'return' }, waiting: [{ kind: 'message' }] });
    session.run(answered);
    expect(session.turnId).toBe(session.lastMessageId);
  });

  it('tells the agent whether a human had joined, in this hand-off and not in one before', () => {
    const queued = sessionAt('queued');
    queued.run(desk.returns);
    expect(queued.state.turn).toMatchObject({ kind: 'return', joined: false });
    const requeued = sessionAt('live');
    requeued.run(requeue('general'), desk.returns);
    expect(requeued.state.turn).toMatchObject({ kind: 'return', joined: true });
    requeued.run(answered, says('A human, please'), handsOff(), desk.accepts, desk.returns);
    expect(requeued.state.turn).toMatchObject({ kind: 'return', joined: false });
  });

  it('does so when the user no longer wants to wait, but not from a human', () => {
    const cancel = { type: 'cancel-handoff' } as const;
    expect(lines(sessionAt('asking for a desk').run(cancel))).toEqual(['(handoff-returned)', 'poly-agent-joined']);
    expect(lines(sessionAt('queued').run(cancel))).toEqual(['(handoff-returned)', 'poly-agent-joined']);
    expect(sessionAt('live').run(cancel)).toEqual([]);
  });

  it('ends instead where the queue says so', () => {
    const cancel = { type: 'cancel-handoff', ends: true } as const;
    expect(lines(sessionAt('asking for a desk').run(cancel))).toEqual(['session-end']);
    expect(lines(sessionAt('queued').run(cancel))).toEqual(['session-end']);
    expect(sessionAt('live').run(cancel)).toEqual([]);
  });

  it('leaves nothing to the desk', () => {
    const session = sessionAt('live');
    session.run(desk.returns);
    expect(session.run(humanSays('Wait!'), desk.leaves, desk.types, desk.joins, requeue('general'))).toEqual([]);
  });
});

describe('a user who waits again', () => {
  it('is told so, and the session goes on', () => {
    const session = sessionAt('live');
    expect(lines(session.run(requeue('Support Queue')))).toEqual(['(handoff-requeued)', 'handoff-queue-status']);
    expect(session.state).toMatchObject({
      floor: { holder: 'queue', accepted: true, queue: 'Support Queue' },
      queueStatus: { positionInQueue: 1 },
    });
    expect(lines(session.run(says('Hello?'), desk.joins))).toEqual(['user-message', 'live-agent-joined']);
  });

  it('may be moved to another queue while waiting, and has waited since the beginning', () => {
    const session = sessionAt('queued');
    const { floor } = session.state;
    expect(session.run(requeue('Support Queue'))).toEqual([]);
    session.run(requeue('Billing'));
    expect(session.state.floor).toEqual({ ...floor, queue: 'Billing' });
  });
});

describe('a hand-off that comes to nothing', () => {
  it('MSG-094 has failed, says so to everybody, and leaves the session open', () => {
    const session = sessionAt('queued');
    const [failed, told] = session.run({ type: 'desk-failed', refused: false, reason: 'closed' });
    expect(failed).toEqual({ do: 'record', event: { type: 'handoff-failed', reason: 'closed' } });
    expect(told).toMatchObject({
      to: 'everyone',
      event: {
        message: 'Sorry, we could not connect you to an agent. Please try again.',
        level: 'SYSTEM_MESSAGE_LEVEL_ERROR',
      },
    });
    expect(session.state).toMatchObject({ floor: { holder: 'nobody' }, ended: null });
  });

  it('MSG-094 was refused: that is said first', () => {
    expect(lines(sessionAt('asking for a desk').run(desk.refuses))).toEqual([
      '~ Sorry, handoff could not be initiated. > everyone',
      'handoff-failed',
    ]);
  });

  it('MSG-095 took too long; the next message is the agent’s to answer', () => {
    const session = sessionAt('queued');
    expect(lines(session.run(desk.timesOut))).toEqual(['handoff-timeout']);
    expect(lines(session.run(says('Anybody?')))).toEqual(['user-message', 'poly-agent-joined']);
    expect(session.turnId).toBe(session.lastMessageId);
  });

  it.each([
    { type: 'desk-timed-out', ends: true } as const,
    { type: 'desk-failed', refused: false, ends: true } as const,
  ])('$type may end the session, when the house wants it so', (command) => {
    const session = sessionAt('queued');
    expect(lines(session.run(command)).at(-1)).toBe('session-end');
    expect(session.state.ended).toMatchObject({ reason: 'REASON_NATURAL_END' });
  });

  it('cannot time out once a human is there', () => {
    expect(sessionAt('live').run(desk.timesOut)).toEqual([]);
  });

  it('ends once: what a desk says afterwards counts for nothing', () => {
    const session = sessionAt('queued');
    session.run(desk.timesOut);
    expect(session.run(desk.fails, desk.joins, desk.accepts, place(1), forwardFailed)).toEqual([]);
    expect(lines(session.run(join))).toEqual(['request-poly-agent-join', 'poly-agent-joined']);
  });
});

describe('a message that does not reach the human', () => {
  it('MSG-096 is reported to where it came from, with its custom data; its echo stands', () => {
    const session = sessionAt('live');
    const custom = { local_id: 'L9' };
    session.run(says('Can you hear me?', custom));
    expect(session.run(forwardFailed)).toEqual([
      {
        do: 'send',
        event: {
          type: 'system-message',
          message: 'Failed to forward message to live agent',
          level: 'SYSTEM_MESSAGE_LEVEL_ERROR',
        },
        to: { senderOf: session.lastMessageId },
        custom,
      },
    ]);
  });
});
