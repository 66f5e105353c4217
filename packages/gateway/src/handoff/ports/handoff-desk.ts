// Where humans are: whatever can take a conversation over from an agent.
import type { TypingState } from '@parley/protocol';
import type { DeskCommand, HandoffRequest, TranscriptLine } from '../../messaging/index.ts';

/** A conversation that asks for a human. */
export interface HandoffCase {
  sessionId: string;
  account: string;
  project: string;
  request: HandoffRequest;
  /** A human had joined before this process knew of the case. */
  wasLive: boolean;
  /** What was said before, oldest first. */
  transcript: readonly TranscriptLine[];
  /** Tells the session what happens at the desk. Works until the case is closed. */
  report: (command: DeskCommand) => void;
}

/** Why a desk doesn't take a case. */
export class DeskError extends Error {
  /** True when the request itself was wrong, so that trying again is pointless. */
  readonly refused: boolean;

  constructor(message: string, options: { refused: boolean } & ErrorOptions) {
    super(message, options);
    this.name = 'DeskError';
    this.refused = options.refused;
  }
}

/** A desk. Opening a case that is open already (after a restart) is no error. */
export interface HandoffDesk {
  /** Takes a case in, or throws {@link DeskError}. That it was accepted is reported, now or later. */
  open(handoffCase: HandoffCase): Promise<void>;
  /** Passes on what the user wrote. Rejects when it couldn't be delivered. */
  deliver(sessionId: string, line: TranscriptLine): Promise<void>;
  typing(sessionId: string, state: TypingState): void;
  /** The case is over, whoever ended it. */
  close(sessionId: string): void;
}
