// Where humans are: whatever can take a conversation over from an agent.
import type { LiveAgent, TypingState } from '@parley/protocol';
import type { DeskCommand, HandoffRequest, TranscriptLine } from '../../messaging/index.ts';

/** A conversation that asks for a human. */
export interface HandoffCase {
  sessionId: string;
  account: string;
  project: string;
  request: HandoffRequest;
  /** Name of the queue the user waits in: the request's, or the one they were moved to. */
  queue: string;
  /** When the wait began. */
  waitingSinceMs: number;
  /** A desk took the case before this process knew of it. */
  accepted: boolean;
  /** Who had joined before this process knew of the case; null: nobody. */
  human: LiveAgent | null;
  visitor: Visitor;
  /** What was said before, oldest first. */
  transcript: readonly TranscriptLine[];
  /**
   * Tells the session what happens at the desk. True when the session took it: what it brought about will be durable,
   * or the case is closed. False once the case is closed, or when it changes nothing that lasts.
   */
  report: (command: DeskCommand) => boolean;
}

/** The user, as a desk may know them. */
export interface Visitor {
  /** As the integrator tells; null when they don't. */
  name: string | null;
  platform: string;
  deviceType: string | null;
  /** BCP-47; null while it was never switched. */
  language: string | null;
  /** Whether they are there: a client is connected, or a call goes on. */
  connected: boolean;
  /** The call the session is linked to. */
  callSid: string | null;
  /** The call they are in now; null: none. */
  call: VisitorCall | null;
}

/** A call that goes on in a conversation. */
export interface VisitorCall {
  sinceMs: number;
  /** Who of the desk talks with them; `held`: has them wait. Null: nobody does. */
  person: { id: string; name: string; held: boolean } | null;
}

/** Why a case is closed. `unloaded`: the session left the memory, and the case will be opened again with it. */
export type CaseEnd = 'ended' | 'returned' | 'timed-out' | 'failed' | 'unloaded';

/** Why a desk doesn't take a case. */
export class DeskError extends Error {
  /** True when the request itself was wrong, so that trying again is pointless. */
  readonly refused: boolean;
  /** In a word, for the client. */
  readonly reason: string | undefined;

  constructor(message: string, options: { refused: boolean; reason?: string } & ErrorOptions) {
    super(message, options);
    this.name = 'DeskError';
    this.refused = options.refused;
    this.reason = options.reason;
  }
}

/** A desk. Opening a case that is open already (after a restart) is no error. */
export interface HandoffDesk {
  /** Takes a case in, or throws {@link DeskError}. That it was accepted is reported, now or later. */
  open(handoffCase: HandoffCase): Promise<void>;
  /** Passes on what the user wrote. Rejects when it couldn't be delivered. */
  deliver(sessionId: string, line: TranscriptLine): Promise<void>;
  /** What a human wrote is durable, and the user was shown it. In one order with what is delivered. */
  shown?(sessionId: string, line: TranscriptLine): void;
  typing(sessionId: string, state: TypingState): void;
  /** The user came, went, or changed otherwise. */
  visitorChanged?(sessionId: string, visitor: Visitor): void;
  /** The case is over, whoever ended it. */
  close(sessionId: string, why: CaseEnd): void;
}
