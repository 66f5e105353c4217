// Who can tell whether a session's connector is still there.

/** Keeps an eye on connectors, so that asking with every frame costs nothing. */
export interface ConnectorWatch {
  /** The connector of this id, as of a few seconds ago at most. Taken for present until it has been looked for. */
  watch(connectorId: string): WatchedConnector;
}

/** A connector that somebody keeps an eye on. */
export interface WatchedConnector {
  /** False from its removal on, until one of the same id is made. */
  readonly isThere: boolean;
}
