// Close codes of the sockets. What a client does on each is the reason for every choice here.

/** 1000 ends the chat in every client: only after SESSION_END. All others make clients reconnect, but 4001. */
export const closeCodes = {
  /** The session has ended and said so. */
  ended: 1000,
  /** The socket was silent for too long, or the server shuts down: come back. */
  goingAway: 1001,
  /** Somebody tries too often what isn't allowed; signaling only. */
  policyViolation: 1008,
  /** A frame over the hard limit. */
  tooBig: 1009,
  /** The session crashed: come back, the journal is whole. */
  internalError: 1011,
  /** The client reads too slowly: come back with the cursor. */
  tryAgainLater: 1013,
  /** The session was deleted: start a new one. */
  sessionDeleted: 4001,
} as const;
