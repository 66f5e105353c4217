// Every error that signaling may answer with. SDKs hang up on any of them, at any time, and show its message to the
// user: so messages are short, and a call that goes on is never sent one (voice spec, sections 1.6 and 4).

/** What programs tell errors apart by. */
export type SignalErrorCode =
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'INVALID_ARGUMENT'
  | 'INVALID_MESSAGE'
  | 'HANDLER_ERROR'
  | 'MEDIA_BRIDGE_FAILURE'
  | 'AGENT_FAILURE';

/** An error as signaling puts it. */
export interface SignalError {
  readonly code: SignalErrorCode;
  /** For people; no ids, nothing of what lies behind. */
  readonly message: string;
}

/** The closed list, by name. */
export const signalErrors = {
  // The token
  authTokenRequired: { code: 'UNAUTHORIZED', message: 'Auth token required' },
  invalidToken: { code: 'UNAUTHORIZED', message: 'Invalid authentication token' },

  // What the token doesn't allow
  echoForbidden: { code: 'FORBIDDEN', message: 'Echo mode is not enabled on this gateway' },
  notPermitted: { code: 'FORBIDDEN', message: 'Not permitted' },

  // What an offer asks for
  unknownMode: { code: 'INVALID_ARGUMENT', message: 'Unknown mode' },
  invalidAccount: { code: 'INVALID_ARGUMENT', message: 'Invalid account' },
  invalidProject: { code: 'INVALID_ARGUMENT', message: 'Invalid project' },
  unknownVariant: { code: 'INVALID_ARGUMENT', message: 'Unknown variant' },
  unknownAgentVersion: { code: 'INVALID_ARGUMENT', message: 'Unknown agent version' },
  invalidCallSid: { code: 'INVALID_ARGUMENT', message: 'Invalid call SID' },
  callSidInUse: { code: 'INVALID_ARGUMENT', message: 'Call SID already in use' },

  // What can't be read
  malformed: { code: 'INVALID_MESSAGE', message: 'Malformed message' },

  // What the gateway can't do
  sessionNotFound: { code: 'HANDLER_ERROR', message: 'Session not found' },
  sessionAlreadyOpen: { code: 'HANDLER_ERROR', message: 'Session already open' },
  busy: { code: 'HANDLER_ERROR', message: 'Gateway busy' },
  internal: { code: 'HANDLER_ERROR', message: 'Internal error' },

  // A person at the desk who takes a call
  noCallToTake: { code: 'HANDLER_ERROR', message: 'No call to take' },
  lineTaken: { code: 'HANDLER_ERROR', message: 'Somebody else is on the line' },

  // The call
  mediaFailed: { code: 'MEDIA_BRIDGE_FAILURE', message: 'Media connection failed' },
  agentUnavailable: { code: 'AGENT_FAILURE', message: 'Agent unavailable' },
} as const satisfies Record<string, SignalError>;

/** The name of an error of signaling. */
export type SignalErrorName = keyof typeof signalErrors;
