// A connector: what lets a site or an app talk to one agent. Tokens are kept as hashes only.
import { createHash } from 'node:crypto';
import type { Host } from './host-rule.ts';

/** A connector as it is configured or stored. Every token and key is the SHA-256 of the real one, in hex. */
export interface Connector {
  id: string;
  /** Connector tokens: `X-Token` of messaging and of the Chat API; accepted for voice too. */
  tokens: string[];
  /** Web-calling tokens, good for voice only. */
  webrtcTokens: string[];
  /** Chat API keys (`X-API-KEY`). */
  apiKeys: string[];
  account: string;
  project: string;
  /** Where the connector may be used from; any match passes. */
  hosts: Host[];
  /** Whether a browser's `Origin` must match a host too. */
  checkOrigin: boolean;
  /** Key of the agent in the configuration. */
  agent: string;
  maxConcurrentCalls: number;
  /** Tokens that a rotation replaced: from hash to the moment (ms since the epoch) from which it counts no more. */
  tokenExpiryMs?: Record<string, number>;
  /** Keys that verify context tokens. They come from the configuration file and live in memory: never stored. */
  contextKeys?: ContextKey[];
}

/** A key that an integrator's backend signs facts about a user with. The secret is used as its UTF-8 bytes. */
export interface ContextKey {
  kid: string;
  secret: string;
}

/** The form in which tokens and keys are kept and looked up: SHA-256 in lower-case hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
