// Where connectors that the command line made are kept.
import type { Connector } from '../connector.ts';

/** Storage of connectors. A record is kept whole but for its `contextKeys`, which are never stored. */
export interface ConnectorStore {
  /**
   * By id, or by the hash of any of its secrets: the connector whose `tokens`, `webrtcTokens` or `apiKeys` hold it.
   * Expired tokens are still found; the caller looks at `tokenExpiryMs`.
   */
  find(by: { tokenSha256: string } | { id: string }): Promise<Connector | undefined>;
  /** All of them, by id. */
  list(): Promise<Connector[]>;
  /** Adds a connector, or replaces the one of the same id. */
  save(connector: Connector): Promise<void>;
  /** Whether there was one to remove. */
  remove(id: string): Promise<boolean>;
}
