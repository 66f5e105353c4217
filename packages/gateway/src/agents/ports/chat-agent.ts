// What an agent is: it takes a turn and yields pieces. Written once, it serves chat, Chat API and voice.
import type { Piece } from '../../messaging/index.ts';

export type { Piece } from '../../messaging/index.ts';

/** What the agent is asked to answer. */
export type TurnInput =
  /** The conversation begins: greet. */
  | { kind: 'start' }
  /** The user wrote or said something. */
  | { kind: 'message'; messageId: string; text: string }
  /** Nobody said anything; the integrator asks whether the agent has more to say. */
  | { kind: 'poll' }
  /**
   * The agent has the conversation back from a human, whose part is in the history, or nobody had `joined` yet: the user
   * no longer wants to wait, or is sent back. Say so, and go on.
   */
  | { kind: 'returned'; joined: boolean }
  /** The caller pressed keys. */
  | { kind: 'tones'; digits: string };

/** One line of the conversation so far. */
export interface HistoryLine {
  speaker: 'user' | 'agent' | 'human';
  text: string;
}

/** Everything an agent may know of the turn it takes. */
export interface AgentTurn {
  turnId: string;
  input: TurnInput;
  /** The conversation before this turn, oldest first. */
  history: readonly HistoryLine[];
  session: {
    id: string;
    account: string;
    project: string;
    channel: string;
    medium: 'text' | 'voice';
    platform: string;
    deviceType: string | null;
    variantId: string | null;
    /** BCP-47, as last switched to. */
    language: string;
    /** The integrator's own attributes. */
    attributes: Readonly<Record<string, unknown>>;
    /** Facts about the user that the integrator's backend has signed. */
    context: Readonly<Record<string, string | number | boolean | null>>;
  };
}

/** A tool of an agent's that another model may use in its place: one that hears and speaks. */
export interface LentTool {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
  /** Resolves to what the model is told. Rejects when it fails; the message is for the model. */
  use(input: unknown, signal: AbortSignal): Promise<string>;
}

/** An agent. Throws {@link AgentError} for what it can name; `signal` aborts when the turn is no longer wanted. */
export interface ChatAgent {
  respond(turn: AgentTurn, signal: AbortSignal): AsyncIterable<Piece>;
  /** Its own tools, for a conversation with these facts about the user. */
  lendTools?(facts: AgentTurn['session']['context']): Promise<readonly LentTool[]>;
}

/** Why an agent couldn't answer. Decides what the user is told. */
export type AgentErrorCode =
  /** Too much work at the moment; trying again later may help. */
  | 'overloaded'
  /** No answer could be had: unreachable, refused, timed out, empty. */
  | 'no-reply'
  /** The answer broke off or made no sense. */
  | 'broken';

/** An expected failure of an agent. The message is for the log, never for the user. */
export class AgentError extends Error {
  readonly code: AgentErrorCode;

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AgentError';
    this.code = code;
  }
}
