// By which hashes a connector is found.
import type { Connector } from '../identity/index.ts';

/** SHA-256 (hex) of every token and key that belongs to the connector, each once. Whoever asks tells the kinds apart. */
export function connectorHashes(connector: Connector): string[] {
  return [...new Set([...connector.tokens, ...connector.webrtcTokens, ...connector.apiKeys])];
}
