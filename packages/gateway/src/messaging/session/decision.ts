// What a decision consists of, and what it may look at besides the state.
import type { Custom, JournaledEvent, TransientEvent, TypingState } from '@parley/protocol';
import type { NewId } from '../../kit/index.ts';
import type { CalledAgent } from './answering-agent.ts';
import type { Fact, PublicEntry } from './journal-entry.ts';
import type { SessionInfo } from './session-info.ts';

/** One outcome of a decision. Outcomes take effect in their order. */
export type Outcome =
  /** Journal a public event and show it to every connection once it is durable. */
  | { do: 'record'; event: JournaledEvent; custom?: Custom | undefined }
  /** Journal a private fact. */
  | { do: 'note'; fact: Fact }
  /** Send something that is not kept. `senderOf` is the connection a journaled message came from. */
  | { do: 'send'; event: TransientEvent; to: Audience; custom?: Custom | undefined }
  /** Show the sender an event that is in the journal already. */
  | { do: 'resend'; entry: PublicEntry }
  /** Let the desk know that the user is typing, or no longer. */
  | { do: 'forward-typing'; state: TypingState };

export type Audience = 'sender' | 'everyone' | { senderOf: string };

/** The agent as users see it. */
export interface AgentProfile {
  name: string;
  avatarUrl?: string | undefined;
}

/** What decisions may use besides state and command. */
export interface DecisionContext {
  newId: NewId;
  /** By which door the session came in. */
  door: SessionInfo['door'];
  /** Who answers: the agent of the call; without a call, the session's own. */
  agentOf(call: CalledAgent | null): AgentProfile;
  /** The journaled user message that a client sent before with the same correlation key and text. */
  repeatOf(key: string, text: string): PublicEntry | undefined;
  /** Whether there is a message of this id. */
  isSaid(messageId: string): boolean;
  /** The custom data of a journaled user message. */
  customOf(messageId: string): Custom | undefined;
}
