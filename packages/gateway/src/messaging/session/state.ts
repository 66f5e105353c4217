// The state of a session: what decisions need, folded from the journal and from nothing else.
import type { EndReason, EventOf, LiveAgent } from '@parley/protocol';
import type { CallPerson, HandoffRequest, LiveCall } from './journal-entry.ts';

/** Who may answer the user. There is always exactly one holder. */
export type Floor =
  | { holder: 'nobody' }
  /** An agent was asked for and has not shown itself yet. */
  | { holder: 'agent-joining' }
  | { holder: 'agent' }
  /** A human was asked for in a queue, by name; `accepted` once the desk has taken the request. */
  | { holder: 'queue'; accepted: boolean; queue: string; sinceMs: number }
  | { holder: 'human'; agent: LiveAgent };

/** Something an agent owes an answer to. */
export type Turn =
  | { id: string; kind: 'start' }
  | { id: string; kind: 'message' }
  /** Keys the caller pressed; the message holds the digits. */
  | { id: string; kind: 'tones' }
  | { id: string; kind: 'poll' }
  /** The agent has the conversation back from a human, or from the way to one (`joined` tells which), and says so. */
  | { id: string; kind: 'return'; joined: boolean };

/** A streamed message whose last chunk isn't out yet. */
export interface OpenMessage {
  messageId: string;
  chunkCount: number;
}

/** The call that is live in a session. */
export interface SessionCall extends LiveCall {
  /** Since when it has been in this session. */
  sinceMs: number;
  /** Who talks with the caller in the agent's place; only while the floor is a human's. */
  person: (CallPerson & { held: boolean }) | null;
}

/** What a user in a queue is told. */
export type QueueStatus = Omit<EventOf<'handoff-queue-status'>, 'type'>;

/** The fold of a session's journal. */
export interface SessionState {
  /** Position of the last entry. */
  position: number;
  /** Sequence of the last public event. */
  sequence: number;
  floor: Floor;
  /** The turn the agent is taking. At most one; null when none is open. */
  turn: Turn | null;
  /** Turns that wait for the open one, oldest first. */
  waiting: readonly Turn[];
  openMessage: OpenMessage | null;
  /** In the open turn a whole message is out already. */
  hasSpoken: boolean;
  /** An agent has been here before, so a return needs no greeting. */
  hasJoined: boolean;
  /** Agent starts that failed since the last success. */
  startFailures: number;
  /** BCP-47 code last switched to. */
  language: string | null;
  /** The last hand-off that was asked for. */
  handoff: HandoffRequest | null;
  /** A human has joined in that hand-off. */
  humanJoined: boolean;
  /** The place in the queue the user was last told; null when there is none. */
  queueStatus: QueueStatus | null;
  attributes: Readonly<Record<string, unknown>>;
  /** The call a client wants this session linked to. */
  callSid: string | null;
  /** The call that is live in this session. While there is one, replies are spoken and journaled by it. */
  call: SessionCall | null;
  ended: { reason: EndReason; atMs: number } | null;
}

/** A session before its first entry. */
export const emptyState: SessionState = {
  position: 0,
  sequence: 0,
  floor: { holder: 'nobody' },
  turn: null,
  waiting: [],
  openMessage: null,
  hasSpoken: false,
  hasJoined: false,
  startFailures: 0,
  language: null,
  handoff: null,
  humanJoined: false,
  queueStatus: null,
  attributes: {},
  callSid: null,
  call: null,
  ended: null,
};
