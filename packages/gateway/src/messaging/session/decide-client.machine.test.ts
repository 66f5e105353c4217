import { describe, expect, it } from 'vitest';
import {
  answered,
  call,
  client,
  desk,
  fails,
  handsOff,
  join,
  linksCall,
  replies,
  says,
  streams,
  thinks,
  userEnds,
} from '../test/commands.ts';
import { sessionAt } from '../test/floors.ts';
import { PaperSession, lines } from '../test/paper-session.ts';

/** User messages in the journal, by text and id. */
function messages(session: PaperSession): { text: string; messageId: string }[] {
  return session.journal.flatMap((entry) =>
    entry.sequence !== null && entry.event.type === 'user-message'
      ? [{ text: entry.event.text, messageId: entry.event.messageId }]
      : [],
  );
}

describe('a request for the agent', () => {
  it('MSG-054 is echoed; then the agent joins, thinks and greets', () => {
    const session = new PaperSession();
    expect(lines(session.run(join, thinks, replies('Hello.')))).toEqual([
      'request-poly-agent-join',
      'poly-agent-joined',
      '~ poly-agent-thinking > everyone',
      'poly-agent-message',
    ]);
  });

  it.each(['joining', 'agent idle', 'in a turn', 'queued', 'live'] as const)(
    'MSG-056 that changes nothing (%s) is echoed to whoever asked, with their custom data, and not kept',
    (point) => {
      const session = sessionAt(point);
      const { state } = session;
      const custom = { local_id: 'L1' };
      expect(session.run(client({ type: 'request-poly-agent-join' }, custom))).toEqual([
        { do: 'send', event: { type: 'request-poly-agent-join' }, to: 'sender', custom },
      ]);
      expect(session.state).toBe(state);
    },
  );

  it('starts the agent again after a failed start', () => {
    const session = sessionAt('start failed');
    expect(lines(session.run(join, replies('Hello.')))).toEqual([
      'request-poly-agent-join',
      'poly-agent-joined',
      '~ poly-agent-thinking > everyone',
      'poly-agent-message',
    ]);
  });

  it.each(['after a failed hand-off', 'handed to the client'] as const)(
    'MSG-094 brings the agent back %s, without a greeting',
    (point) => {
      const session = sessionAt(point);
      expect(lines(session.run(join))).toEqual(['request-poly-agent-join', 'poly-agent-joined']);
      expect(session.state).toMatchObject({ floor: { holder: 'agent' }, turn: null });
    },
  );
});

describe('a user message', () => {
  it('MSG-057 MSG-064 is echoed with its text and an id of its own', () => {
    const session = sessionAt('agent idle');
    const [echo] = session.run(says('Zwölf 🦔 à 𝟜 €'));
    expect(echo).toMatchObject({ do: 'record', event: { type: 'user-message', text: 'Zwölf 🦔 à 𝟜 €' } });
    expect(messages(session)[0]?.messageId).toMatch(/^id\d+$/);
  });

  it('MSG-051 is echoed with its custom data, and without when it had none', () => {
    const session = sessionAt('agent idle');
    const custom = { local_id: 'L', page: '/cart' };
    expect(session.run(says('Hi.', custom))).toMatchObject([{ custom }]);
    expect(session.run(says('Hi.'))[0]).toMatchObject({ custom: undefined });
  });

  it('MSG-058 is echoed before the agent thinks and answers', () => {
    const session = sessionAt('agent idle');
    expect(lines(session.run(says('Hi.'), thinks, replies('Hello.'), answered))).toEqual([
      'user-message',
      '~ poly-agent-thinking > everyone',
      'poly-agent-message',
      '(turn-ended)',
    ]);
  });

  it('MSG-061 waits for its turn behind others; each is answered, in their order', () => {
    const session = sessionAt('agent idle');
    expect(lines(session.run(says('one'), says('two'), says('three')))).toEqual(Array(3).fill('user-message'));
    const turns = [0, 1, 2].map(() => {
      const { turn } = session.state;
      session.run(replies('Yes.'), answered);
      return turn?.id;
    });
    expect(turns).toEqual(messages(session).map(({ messageId }) => messageId));
    expect(session.state).toMatchObject({ turn: null, waiting: [] });
  });

  it('before any request for the agent is kept, refused with the words that make SDKs ask, and answered later', () => {
    const session = new PaperSession();
    const custom = { local_id: 'L' };
    const [, refusal] = session.run(says('Anybody there?', custom));
    expect(refusal).toMatchObject({ to: 'sender', custom, event: { message: 'Error: Conversation not found' } });
    session.run(join, replies('Hello.'), answered);
    expect(session.state.turn).toEqual({ id: session.lastMessageId, kind: 'message' });
  });

  it('while the agent is joining waits for the greeting, without a word of error', () => {
    const session = sessionAt('joining');
    expect(lines(session.run(says('Hello?')))).toEqual(['user-message']);
    session.run(replies('Hello.'), answered);
    expect(session.state.turn).toEqual({ id: session.lastMessageId, kind: 'message' });
  });

  it.each(['after a failed hand-off', 'handed to the client'] as const)(
    'MSG-094 brings the agent back %s, without a greeting, and is answered',
    (point) => {
      const session = sessionAt(point);
      expect(lines(session.run(says('Still there?')))).toEqual(['user-message', 'poly-agent-joined']);
      expect(session.state.turn).toEqual({ id: session.lastMessageId, kind: 'message' });
    },
  );

  it('that waits while its conversation goes to the client is answered first when the agent is back', () => {
    const session = sessionAt('in a turn');
    session.run(says('And one more thing.'));
    const waiting = session.lastMessageId;
    session.run(handsOff('client'), says('Hello?'));
    expect(session.state.turn?.id).toBe(waiting);
    expect(session.state.waiting.map(({ id }) => id)).toEqual([session.lastMessageId]);
  });
});

describe('a message that is sent again', () => {
  const keys = [{ client_event_id: 'C1' }, { local_id: 'L1' }, { client_event_id: 'C1', local_id: 'L1', page: '/' }];

  it.each(keys)('MSG-075 MSG-076 MSG-080 under %o is answered with the first echo, and starts no turn', (custom) => {
    const session = sessionAt('agent idle');
    session.run(says('Hi.', custom));
    const first = session.journal.at(-1);
    expect(session.run(says('Hi.', custom), says('Hi.', custom))).toEqual([
      { do: 'resend', entry: first },
      { do: 'resend', entry: first },
    ]);
    expect(messages(session)).toHaveLength(1);
    expect(session.state.waiting).toEqual([]);
  });

  it('MSG-077 is known after a restart too, to the byte', () => {
    const session = sessionAt('agent idle');
    const custom = { local_id: 'L', n: 1 };
    session.run(says('Hi.', custom), replies('Hello.'), answered);
    const first = session.journal.find((entry) => entry.sequence !== null && entry.custom);
    session.reload();
    expect(session.run(says('Hi.', custom))).toEqual([{ do: 'resend', entry: first }]);
  });

  it('MSG-078 without a key is another message', () => {
    const session = sessionAt('agent idle');
    session.run(says('Hi.'), says('Hi.'));
    const [first, second] = messages(session);
    expect(second?.text).toBe(first?.text);
    expect(second?.messageId).not.toBe(first?.messageId);
  });

  it.each([{ local_id: '' }, { local_id: 7 }, { client_event_id: null }, { note: 'L1' }])(
    'with %o has no key',
    (custom) => {
      const session = sessionAt('agent idle');
      session.run(says('Hi.', custom), says('Hi.', custom));
      expect(messages(session)).toHaveLength(2);
    },
  );

  it('has client_event_id for its key rather than local_id', () => {
    const session = sessionAt('agent idle');
    session.run(says('Hi.', { client_event_id: 'C1', local_id: 'L' }));
    session.run(says('Hi.', { client_event_id: 'C2', local_id: 'L' }));
    expect(messages(session)).toHaveLength(2);
  });

  it('MSG-079 under the same key with another text is another message; repeats of both are known', () => {
    const session = sessionAt('agent idle');
    const custom = { local_id: 'draft' };
    session.run(says('Hi.', custom), says('Bye.', custom));
    expect(messages(session).map(({ text }) => text)).toEqual(['Hi.', 'Bye.']);
    expect(lines(session.run(says('Bye.', custom), says('Hi.', custom)))).toEqual(['= user-message', '= user-message']);
  });
});

describe('other events of clients', () => {
  it('MSG-065 typing is of interest to desks only, from when they have the case', () => {
    const typing = client({ type: 'user-typing', state: 'TYPING_STATE_STARTED' });
    expect(sessionAt('agent idle').run(typing)).toEqual([]);
    expect(sessionAt('asking for a desk').run(typing)).toEqual([]);
    expect(sessionAt('queued').run(typing)).toEqual([{ do: 'forward-typing', state: 'TYPING_STATE_STARTED' }]);
    const stops = client({ type: 'user-typing', state: 'TYPING_STATE_STOPPED' });
    expect(sessionAt('live').run(stops)).toEqual([{ do: 'forward-typing', state: 'TYPING_STATE_STOPPED' }]);
  });

  it('MSG-066 MSG-067 a heartbeat comes back to its sender with its custom data', () => {
    const custom = { beat: '1' };
    expect(new PaperSession().run(client({ type: 'heartbeat' }, custom))).toEqual([
      { do: 'send', event: { type: 'heartbeat' }, to: 'sender', custom },
    ]);
  });

  it('a call is linked once; linking it again changes nothing; while it is live, another is refused', () => {
    const session = new PaperSession();
    expect(lines(session.run(linksCall, linksCall))).toEqual(['(call-linked)']);
    const other = client({ type: 'link-to-webrtc-conversation', callSid: 'call-2' });
    const third = client({ type: 'link-to-webrtc-conversation', callSid: 'call-3' });
    expect(lines(session.run(other, call.starts).slice(0, 1))).toEqual(['(call-linked)']);
    expect(lines(session.run(third))).toEqual(['~ Unknown event type or invalid message format > sender']);
    expect(session.state.callSid).toBe('call-2');
  });
});

describe('an end by the user', () => {
  it('MSG-097 is echoed, then the session ends', () => {
    const session = sessionAt('agent idle');
    expect(session.run(client({ type: 'user-end-session' }, { local_id: 'L' }))).toEqual([
      { do: 'record', event: { type: 'user-end-session' }, custom: { local_id: 'L' } },
      { do: 'record', event: { type: 'session-end', reason: 'REASON_USER_END' } },
    ]);
    expect(session.state.ended?.reason).toBe('REASON_USER_END');
  });

  it('MSG-082 completes the message that is being streamed, and drops the turns that wait', () => {
    const session = sessionAt('in a turn');
    session.run(says('And?'), streams('Well, '));
    expect(lines(session.run(userEnds))).toEqual(['poly-agent-message-chunk', 'user-end-session', 'session-end']);
    expect(session.state).toMatchObject({ turn: null, waiting: [], openMessage: null, floor: { holder: 'nobody' } });
  });

  it('MSG-099 lets nothing into the journal any more', () => {
    const session = sessionAt('ended');
    const { position } = session.state;
    const custom = { local_id: 'L' };
    expect(session.run(says('Wait!', custom))).toMatchObject([
      { do: 'send', to: 'sender', custom, event: { message: 'Error: Session not found' } },
    ]);
    session.run(join, userEnds, replies('Too late.'), answered, fails(), desk.joins, { type: 'expire' });
    expect(session.state.position).toBe(position);
  });
});
