// Commands for tests, in few words.
import type { ClientEvent, Custom, LiveAgent } from '@parley/protocol';
import type {
  CallCommand,
  AgentCommand,
  AgentContent,
  ClientCommand,
  Command,
  DeskCommand,
} from '../session/commands.ts';
import type { HandoffRequest } from '../session/journal-entry.ts';
import type { PaperSession } from './paper-session.ts';

type InTurn = (session: PaperSession) => AgentCommand;

/** A client's event. */
export function client(event: ClientEvent, custom?: Custom): ClientCommand {
  return { type: 'client-event', event, custom };
}

export const join: Command = client({ type: 'request-poly-agent-join' });
export const userEnds: Command = client({ type: 'user-end-session' });
export const linksCall: Command = client({ type: 'link-to-webrtc-conversation', callSid: 'call-1' });

/** The user says something. */
export function says(text: string, custom?: Custom): ClientCommand {
  return client({ type: 'user-message', text }, custom);
}

/** What an agent's message holds besides text, unless said otherwise. */
const noExtras: Omit<AgentContent, 'text'> = { attachments: [], suggestions: [], callActions: [] };

export const thinks: InTurn = ({ turnId }) => ({ type: 'agent-thinking', turnId });
export const answered: InTurn = ({ turnId }) => ({ type: 'turn-answered', turnId });
export const agentEnds: InTurn = ({ turnId }) => ({ type: 'agent-end', turnId });

/** The agent says something as one message. */
export function replies(text: string, extras: Partial<AgentContent> & { endConversation?: boolean } = {}): InTurn {
  return ({ turnId }) => ({ type: 'agent-message', turnId, text, ...noExtras, ...extras });
}

/** The agent streams a piece of a message. */
export function streams(text: string, last = false): InTurn {
  return ({ turnId }) => ({ type: 'agent-chunk', turnId, text, attachments: [], suggestions: [], last });
}

export function switchesTo(languageCode: string): InTurn {
  return ({ turnId }) => ({ type: 'agent-language', turnId, languageCode });
}

export function fails(cause: Extract<AgentCommand, { type: 'turn-failed' }>['cause'] = 'broken'): InTurn {
  return ({ turnId }) => ({ type: 'turn-failed', turnId, cause });
}

/** A request for a human. */
export function request(kind: HandoffRequest['kind']): HandoffRequest {
  return { kind, reason: 'COMPLEX_QUERY', queue: 'Support Queue', route: 'https://parley.test/support', data: {} };
}

/** The agent hands off. */
export function handsOff(kind: HandoffRequest['kind'] = 'desk'): InTurn {
  return ({ turnId }) => ({ type: 'agent-handoff', turnId, request: request(kind) });
}

/** The human of these tests. */
export const mira: LiveAgent = { id: 'agent-7', name: 'Mira', avatarUrl: 'https://parley.test/mira.png' };

/** What a desk does. */
export const desk: Record<
  'accepts' | 'joins' | 'fails' | 'refuses' | 'timesOut' | 'types' | 'leaves' | 'returns',
  DeskCommand
> = {
  accepts: { type: 'desk-accepted', queueName: 'Support Queue' },
  joins: { type: 'desk-joined', agent: mira },
  fails: { type: 'desk-failed', refused: false },
  refuses: { type: 'desk-failed', refused: true },
  timesOut: { type: 'desk-timed-out' },
  types: { type: 'desk-typing', state: 'TYPING_STATE_STARTED' },
  leaves: { type: 'desk-left' },
  returns: { type: 'desk-returned' },
};

/** The human writes. */
export function humanSays(text: string): Extract<DeskCommand, { type: 'desk-message' }> {
  return { type: 'desk-message', text, attachments: [], suggestions: [] };
}

/** The user is told how far they have come in the queue. */
export function place(positionInQueue: number): DeskCommand {
  return { type: 'desk-queue-status', status: { queueName: 'Support Queue', positionInQueue } };
}

/** The user waits again, in another queue perhaps. */
export function requeue(queue: string): DeskCommand {
  return { type: 'desk-requeued', queue, status: { queueName: queue, positionInQueue: 1 } };
}

/** The last message of the user didn't reach the human. */
export function forwardFailed({ lastMessageId }: PaperSession): DeskCommand {
  return { type: 'desk-forward-failed', messageId: lastMessageId };
}

/** What the live call `C1` does; `starts` makes it live. */
export const call: CallActs = {
  starts: {
    type: 'call-started',
    callId: 'C1',
    answers: 'agent',
    greeting: true,
    variantId: null,
    build: null,
    backfill: [],
  },
  hears: (text) => ({ type: 'call-heard', callId: 'C1', text, input: 'speech' }),
  tones: (text) => ({ type: 'call-heard', callId: 'C1', text, input: 'tones' }),
  sounds: (text, last = false) => ({ type: 'call-chunk', callId: 'C1', text, attachments: [], suggestions: [], last }),
  says: (text) => ({ type: 'call-message', callId: 'C1', text, attachments: [], suggestions: [], callActions: [] }),
  thinks: { type: 'call-thinking', callId: 'C1' },
  answered: { type: 'call-turn-over', callId: 'C1', outcome: 'answered' },
  interrupted: { type: 'call-turn-over', callId: 'C1', outcome: 'cancelled' },
  handsOff: (kind) => ({ type: 'call-handoff', callId: 'C1', request: request(kind) }),
  agentBack: { type: 'call-agent-back', callId: 'C1' },
  hangsUp: { type: 'call-ended', callId: 'C1', reason: 'REASON_USER_END' },
  taken: { type: 'call-taken', callId: 'C1', person: { id: mira.id, name: mira.name } },
  released: { type: 'call-released', callId: 'C1', personId: mira.id },
  moves: { type: 'call-moved', callId: 'C1' },
};

interface CallActs {
  starts: Extract<CallCommand, { type: 'call-started' }>;
  hears(text: string): CallCommand;
  tones(text: string): CallCommand;
  sounds(text: string, last?: boolean): CallCommand;
  says(text: string): CallCommand;
  thinks: CallCommand;
  answered: CallCommand;
  interrupted: CallCommand;
  handsOff(kind: HandoffRequest['kind']): CallCommand;
  agentBack: Extract<CallCommand, { type: 'call-agent-back' }>;
  hangsUp: Extract<CallCommand, { type: 'call-ended' }>;
  moves: CallCommand;
  /** Mira takes the call, and leaves the line. */
  taken: Extract<CallCommand, { type: 'call-taken' }>;
  released: CallCommand;
}
