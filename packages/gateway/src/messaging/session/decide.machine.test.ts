// Every command at every point a session can come to.
import { describe, expect, it } from 'vitest';
import {
  agentEnds,
  answered,
  client,
  desk,
  fails,
  forwardFailed,
  handsOff,
  humanSays,
  join,
  linksCall,
  place,
  replies,
  says,
  streams,
  switchesTo,
  thinks,
  userEnds,
} from '../test/commands.ts';
import { points, sessionAt } from '../test/floors.ts';
import type { Point } from '../test/floors.ts';
import { lines } from '../test/paper-session.ts';
import type { PaperSession } from '../test/paper-session.ts';

const commands = {
  heartbeat: client({ type: 'heartbeat' }),
  join,
  message: says('Hi again.'),
  typing: client({ type: 'user-typing', state: 'TYPING_STATE_STARTED' }),
  'user-end': userEnds,
  'link-call': linksCall,
  'agent-thinking': thinks,
  'agent-message': replies('Hello again.'),
  'agent-chunk': streams('so '),
  'agent-last-chunk': streams('it is.', true),
  'agent-language': switchesTo('fr-FR'),
  'agent-handoff': handsOff('desk'),
  'agent-client-handoff': handsOff('client'),
  'agent-end': agentEnds,
  'turn-answered': answered,
  'turn-failed': fails(),
  'desk-accepted': desk.accepts,
  'desk-status': place(3),
  'desk-joined': desk.joins,
  'desk-typing': desk.types,
  'desk-message': humanSays('I am Mira.'),
  'desk-left': desk.leaves,
  'desk-failed': desk.fails,
  'desk-refused': desk.refuses,
  'desk-timed-out': desk.timesOut,
  'desk-forward-failed': forwardFailed,
  expire: { type: 'expire' },
  'request-turn': { type: 'request-turn' },
  'set-attributes': { type: 'set-attributes', attributes: { plan: 'gold' } },
  'set-language': { type: 'set-language', languageCode: 'de-DE' },
} as const satisfies Record<string, Parameters<PaperSession['run']>[number]>;

type Expected = Partial<Record<keyof typeof commands, string>>;

const notFound = '~ Error: Session not found > sender';
const broken = '~ Sorry, I encountered an error. Please try again. > everyone';
const unreachable = '~ Sorry, we could not connect you to an agent. Please try again. > everyone';
const refused = '~ Sorry, handoff could not be initiated. > everyone';
const arrival = 'poly-agent-joined, ~ poly-agent-thinking > everyone';
const closing = 'poly-agent-message-chunk';

/** What the house and any client may ask of a session that lives. */
const living: Expected = {
  join: '~ request-poly-agent-join > sender',
  message: 'user-message',
  'user-end': 'user-end-session, session-end',
  'link-call': '(call-linked)',
  expire: 'session-end',
  'set-attributes': '(attributes-set)',
  'set-language': 'language-changed',
};

const inTurn: Expected = {
  ...living,
  'agent-thinking': '~ poly-agent-thinking > everyone',
  'agent-message': 'poly-agent-message',
  'agent-chunk': 'poly-agent-message-chunk',
  'agent-last-chunk': 'poly-agent-message-chunk',
  'agent-language': 'language-changed',
  'agent-handoff': '(handoff-requested), poly-agent-triggered-handoff, poly-agent-left, (turn-ended)',
  'agent-client-handoff':
    '(handoff-requested), poly-agent-triggered-handoff, client-handoff-required, poly-agent-left, (turn-ended)',
  'agent-end': '(turn-ended), session-end',
  'turn-answered': '(turn-ended)',
  'turn-failed': `(turn-ended), ${broken}`,
  'request-turn': '(turn-requested)',
};

const queued: Expected = {
  ...living,
  'desk-status': 'handoff-queue-status',
  'desk-joined': 'live-agent-joined',
  'desk-failed': `handoff-failed, ${unreachable}`,
  'desk-refused': `${refused}, handoff-failed`,
  'desk-timed-out': 'handoff-timeout',
  'desk-forward-failed': '~ Failed to forward message to live agent > origin',
};

/** The agent was here before and comes back by itself. */
const agentAway: Expected = {
  ...living,
  join: 'request-poly-agent-join, poly-agent-joined',
  message: 'user-message, poly-agent-joined',
};

const notJoined: Expected = {
  ...living,
  join: 'request-poly-agent-join',
  message: 'user-message, ~ Error: Conversation not found > sender',
};

const expected: Record<Point, Expected> = {
  new: notJoined,
  'start failed': notJoined,
  joining: {
    ...living,
    ...before(arrival, inTurn, ['agent-message', 'agent-chunk', 'agent-last-chunk', 'agent-language', 'agent-handoff']),
    ...before(arrival, inTurn, ['agent-client-handoff', 'agent-end', 'turn-answered']),
    'agent-thinking': arrival,
    'turn-failed':
      "(start-failed), ~ Sorry, I'm unable to start a conversation right now. Please try again later. > everyone",
  },
  'agent idle': { ...living, 'request-turn': '(turn-requested)' },
  'in a turn': inTurn,
  'in a streamed message': {
    ...inTurn,
    ...before(closing, inTurn, ['agent-message', 'agent-handoff', 'agent-client-handoff', 'agent-end']),
    ...before(closing, inTurn, ['turn-answered', 'turn-failed', 'user-end', 'expire']),
  },
  'asking for a desk': {
    ...queued,
    'desk-accepted': 'handoff-accepted',
    'desk-joined': 'handoff-accepted, live-agent-joined',
  },
  queued: { ...queued, typing: 'typing > desk' },
  live: {
    ...living,
    typing: 'typing > desk',
    'desk-joined': 'live-agent-joined',
    'desk-typing': '~ live-agent-typing > everyone',
    'desk-message': 'live-agent-message',
    'desk-left': 'live-agent-left, session-end',
    'desk-failed': `handoff-failed, ${unreachable}`,
    'desk-refused': `${refused}, handoff-failed`,
    'desk-forward-failed': '~ Failed to forward message to live agent > origin',
  },
  'after a failed hand-off': agentAway,
  'handed to the client': agentAway,
  ended: { join: notFound, message: notFound, typing: notFound, 'user-end': notFound, 'link-call': notFound },
};

/** Rows of a table with something put before each. */
function before(first: string, table: Expected, rows: (keyof typeof commands)[]): Expected {
  return Object.fromEntries(rows.map((row) => [row, `${first}, ${table[row]}`]));
}

describe('a command brings about what fits the point, and nothing where it does not:', () => {
  it.each(points)('%s', (point) => {
    const happened = Object.entries(commands).map(([name, command]) => [
      name,
      lines(sessionAt(point).run(command)).join(', '),
    ]);
    const everywhere = Object.keys(commands).map((name) => [name, '']);
    expect(Object.fromEntries(happened)).toEqual({
      ...Object.fromEntries(everywhere),
      heartbeat: '~ heartbeat > sender',
      ...expected[point],
    });
  });
});
