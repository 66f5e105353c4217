// Whoever takes part in sessions without being a client: the responder, the hand-off coordinator, voice.
// Participants never see each other; they look at the session and answer with commands.
import type { TypingState } from '@parley/protocol';
import type { Command } from '../session/commands.ts';
import type { ReplyNews } from '../session/reply-piece.ts';
import type { SessionInfo } from '../session/session-info.ts';
import type { SessionState } from '../session/state.ts';
import type { TranscriptLine } from '../session/transcript.ts';

/** Facts about the user that the integrator's backend has signed. */
export type VerifiedContext = Readonly<Record<string, string | number | boolean | null>>;

/** A session as participants see it. */
export interface SessionHandle {
  readonly info: SessionInfo;
  readonly state: SessionState;
  readonly transcript: { readonly lines: readonly TranscriptLine[] };
  readonly context: VerifiedContext;
  /** Whether any client, or whoever else follows it, is connected. */
  readonly isConnected: boolean;
  /** Asks the session for something. What no longer applies is ignored. */
  execute(command: Command): void;
  /** Passes a reply that shall be spoken on to the call in which it shall be. Nothing of it is kept. */
  relay(news: ReplyNews): void;
}

/** Told of what happens in sessions. Must return at once and must not throw. */
export interface Participant {
  /** The journal grew and what grew is durable, or the session was loaded. Look at its state. */
  sessionChanged(session: SessionHandle): void;
  /** The user types, or stopped, while a desk is listening. */
  userTyping?(session: SessionHandle, state: TypingState): void;
  /** The first client connected, or the last one is gone: look at `isConnected`. */
  presenceChanged?(session: SessionHandle): void;
  /** A reply for the session's live call makes progress. */
  replyRelayed?(session: SessionHandle, news: ReplyNews): void;
  /** The session left the memory (idle, crashed, shutting down). Whatever runs for it must stop. */
  sessionUnloaded?(session: SessionHandle): void;
}
