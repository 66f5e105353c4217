// Connectors in memory, for tests and for gateways that need no database.
import type { Connector } from './connector.ts';
import type { ConnectorStore } from './ports/connector-store.ts';

/** A store that forgets everything with the process. */
export class MemoryConnectorStore implements ConnectorStore {
  readonly #connectors = new Map<string, Connector>();

  async find(by: { tokenSha256: string } | { id: string }): Promise<Connector | undefined> {
    if ('id' in by) return copy(this.#connectors.get(by.id));
    const hash = by.tokenSha256;
    const holds = ({ tokens, webrtcTokens, apiKeys }: Connector): boolean =>
      [tokens, webrtcTokens, apiKeys].some((hashes) => hashes.includes(hash));
    return copy([...this.#connectors.values()].find(holds));
  }

  async list(): Promise<Connector[]> {
    const connectors = [...this.#connectors.values()].map((connector) => structuredClone(connector));
    return connectors.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async save({ contextKeys: _, ...connector }: Connector): Promise<void> {
    this.#connectors.set(connector.id, structuredClone(connector));
  }

  async remove(id: string): Promise<boolean> {
    return this.#connectors.delete(id);
  }
}

function copy(connector: Connector | undefined): Connector | undefined {
  return connector && structuredClone(connector);
}
