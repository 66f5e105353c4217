// What is kept of a connector, and by which hashes it is found.
import type { Connector } from '../identity/index.ts';

/** The connector without what lives in the configuration file only. */
export function connectorRecord(connector: Connector): Connector {
  const { contextKeys: _neverStored, ...record } = connector;
  return record;
}

/** SHA-256 (hex) of every token and key that belongs to the connector, each once. */
export function connectorHashes(connector: Connector): string[] {
  return [...new Set([...connector.tokens, ...connector.webrtcTokens, ...connector.apiKeys])];
}
