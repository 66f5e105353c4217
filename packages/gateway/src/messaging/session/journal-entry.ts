// What a journal is made of: public events, which clients see, and private facts, which only Parley needs.
import type { Custom, HandoffReason, JournaledEvent } from '@parley/protocol';

/** Private facts. They have a place in the journal, but no sequence, and never leave the server. */
export type Fact =
  /** The agent couldn't start; the floor is nobody's again. */
  | { type: 'start-failed' }
  /** The open turn is over. */
  | { type: 'turn-ended'; turnId: string; outcome: TurnOutcome }
  /** Somebody asked the agent to go on without a user message (the Chat API's empty respond). */
  | { type: 'turn-requested' }
  /** The agent asked for a human. Stands just before the public hand-off events. */
  | { type: 'handoff-requested'; request: HandoffRequest }
  /** A human, or the queue, gave the conversation back to the agent. Nothing public says that the human has left. */
  | { type: 'handoff-returned' }
  /** The user waits in this queue (a name) from now on, after a human or after another queue. */
  | { type: 'handoff-requeued'; queue: string }
  /** The integrator's attributes for this conversation were set or replaced. */
  | { type: 'attributes-set'; attributes: Record<string, unknown> }
  /** A voice call belongs to this session. */
  | { type: 'call-linked'; callSid: string }
  /** A call is live in this session. With `greeting` the agent owes it a first word. */
  | ({ type: 'call-started'; greeting: boolean } & LiveCall)
  /** A person at the desk talks with the caller from now on. */
  | { type: 'call-taken'; callId: string; person: CallPerson }
  /** The person has the caller wait, or talks with them again. */
  | { type: 'call-held'; callId: string; held: boolean }
  /** The person is no longer on the line. */
  | { type: 'call-released'; callId: string }
  | { type: 'call-ended'; callId: string };

/** A call that is live in a session. */
export interface LiveCall {
  callId: string;
  answers: CallAnswerer;
  /** The variant and the pinned build of the agent that the call asked for; null: the session's own. */
  variantId: string | null;
  build: string | null;
}

/** A person at the desk who talks in a call. */
export interface CallPerson {
  id: string;
  name: string;
}

/** Who answers what a caller says: the agent by turns, as in chat, or the call by itself (speech to speech). */
export type CallAnswerer = 'agent' | 'call';

/** How a turn ended: with an answer, with an error the user saw, or because something else took over. */
export type TurnOutcome = 'answered' | 'failed' | 'cancelled';

/** What an agent asks for when it can't help. */
export interface HandoffRequest {
  /** `desk`: a human joins this session. `client`: the client takes the conversation elsewhere. */
  kind: 'desk' | 'client';
  reason: HandoffReason;
  /** Name of the queue, as people read it. */
  queue: string;
  /** Where the client shall go, when `kind` is `client`: often a URL. */
  route: string;
  /** Facts for whoever takes over. */
  data: Record<string, unknown>;
}

/** A public event at its place in the journal. */
export interface PublicEntry {
  /** Place in the journal, from 1 without a hole, facts included. */
  position: number;
  /** Number on the wire, from 1 without a hole. */
  sequence: number;
  id: string;
  atMs: number;
  event: JournaledEvent;
  custom?: Custom | undefined;
}

/** A private fact at its place in the journal. */
export interface FactEntry {
  position: number;
  sequence: null;
  atMs: number;
  fact: Fact;
}

export type JournalEntry = PublicEntry | FactEntry;
