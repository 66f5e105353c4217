// Why a call could not be made, or broke off.

/** Why there is no microphone to speak into. */
export type MicrophoneProblem =
  /** Browsers lend microphones only to pages on https or localhost. */
  | { code: 'insecure-page' }
  | { code: 'no-microphone' }
  /** It is there, but something else holds it. */
  | { code: 'microphone-busy' }
  | { code: 'microphone-refused' };

/** Whether the server named a TURN server, over which media finds a way where there is no direct one. */
export type Relay = 'offered' | 'missing' | 'unknown';

/** What went wrong with a call. */
export type CallProblem =
  | MicrophoneProblem
  /** The server said no. `reason` is the code of its error (voice spec, section 4), `message` its words for people. */
  | { code: 'refused'; reason: string; message: string }
  /** Signaling could not be opened, or nobody answered. */
  | { code: 'unreachable' }
  /** The server answered, but no audio path to it was found. */
  | { code: 'no-connection'; relay: Relay }
  /** The audio path broke, and could not be mended in time. */
  | { code: 'lost' };
