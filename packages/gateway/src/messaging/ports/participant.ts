// Whoever takes part in sessions without being a client: the responder, the hand-off coordinator, voice.
// Participants never see each other; they look at the session and answer with commands.
import type { TypingState } from '@parley/protocol';
import type { LiveSession } from '../live-session.ts';

/** Told of what happens in sessions. Must return at once and must not throw. */
export interface Participant {
  /** The journal grew and what grew is durable, or the session was loaded. Look at its state. */
  sessionChanged(session: LiveSession): void;
  /** The user types, or stopped, while a desk is listening. */
  userTyping?(session: LiveSession, state: TypingState): void;
  /** The session left the memory (idle, crashed, shutting down). Whatever runs for it must stop. */
  sessionUnloaded?(session: LiveSession): void;
}
