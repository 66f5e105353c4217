// Finds connectors: those of the configuration file first, then those the command line put into the database.
import type { Clock } from '../kit/index.ts';
import type { Connector } from './connector.ts';
import { hashToken } from './connector.ts';
import type { ConnectorStore } from './ports/connector-store.ts';

/** For how long a connector that was found is believed to be still there. The price: a removal takes this long. */
const REMEMBER_MS = 1000;

/** Looks connectors up by what a caller presents. Unknown, removed and expired are all undefined. */
export class Connectors {
  readonly #configured: readonly Connector[];
  readonly #store: Pick<ConnectorStore, 'find' | 'list'>;
  readonly #clock: Clock;
  readonly #remembered = new Map<string, { connector: Connector; untilMs: number }>();

  constructor(parts: { configured: readonly Connector[]; store: Pick<ConnectorStore, 'find' | 'list'>; clock: Clock }) {
    this.#configured = parts.configured;
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** By connector token: `X-Token` of messaging and of the Chat API. */
  byToken(token: string): Promise<Connector | undefined> {
    return this.#bySecret(token, (connector) => connector.tokens);
  }

  /** By a token that may make calls: the web-calling token, or the connector token. */
  byCallToken(token: string): Promise<Connector | undefined> {
    return this.#bySecret(token, (connector) => [...connector.webrtcTokens, ...connector.tokens]);
  }

  /** By Chat API key. Where several share a key, one of them. */
  byApiKey(apiKey: string): Promise<Connector | undefined> {
    return this.#bySecret(apiKey, (connector) => connector.apiKeys);
  }

  /** By id. Remembered for a second, because every socket that opens asks. */
  async byId(id: string): Promise<Connector | undefined> {
    const configured = this.#configured.find((connector) => connector.id === id);
    if (configured) return configured;
    const remembered = this.#remembered.get(id);
    if (remembered && remembered.untilMs > this.#clock.nowMs()) return remembered.connector;
    const connector = await this.#store.find({ id });
    if (connector) this.#remembered.set(id, { connector, untilMs: this.#clock.nowMs() + REMEMBER_MS });
    else this.#remembered.delete(id);
    return connector;
  }

  /** All of them. A stored connector whose id the file also has is left out: the file wins. */
  async list(): Promise<Connector[]> {
    const configuredIds = new Set(this.#configured.map((connector) => connector.id));
    const stored = await this.#store.list();
    return [...this.#configured, ...stored.filter((connector) => !configuredIds.has(connector.id))];
  }

  // Hashes are compared, so that how long it takes tells nothing of the secret.
  async #bySecret(
    secret: string,
    hashesOf: (connector: Connector) => readonly string[],
  ): Promise<Connector | undefined> {
    const hash = hashToken(secret);
    const configured = this.#configured.find((connector) => hashesOf(connector).includes(hash));
    if (configured) return configured;
    const stored = await this.#store.find({ tokenSha256: hash });
    if (!stored || !hashesOf(stored).includes(hash) || this.#isShadowed(stored)) return undefined;
    const expiryMs = stored.tokenExpiryMs?.[hash];
    return expiryMs === undefined || expiryMs > this.#clock.nowMs() ? stored : undefined;
  }

  #isShadowed(stored: Connector): boolean {
    return this.#configured.some((connector) => connector.id === stored.id);
  }
}
