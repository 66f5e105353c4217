// Who may make calls. Tokens, connectors and hosts are somebody else's knowledge.

import type { CallPerson } from '../../messaging/index.ts';

/** What a token allows. It never allows more for what an offer says of accounts, projects or versions. */
export interface CallGrant {
  account: string;
  project: string;
  connectorId: string;
  agentId: string;
  /**
   * The token was the connector's for calls only, the connector's own, made by an operator for a while, or made for a
   * person at the desk who takes a call.
   */
  kind: 'web-calling' | 'connector' | 'console' | 'desk';
  /** Of the kind `desk`: who takes the call of which conversation. It allows no other call. */
  desk?: { sessionId: string; person: CallPerson } | undefined;
  /** The variant that the token is for. */
  variantId?: string | undefined;
  /** The pinned build that the token is for, by its name in the configuration. */
  build?: string | undefined;
  /** Whether the mode `echo` is allowed although the gateway doesn't allow it to everybody. */
  mayEcho: boolean;
  /** Calls at the same time, over all tokens of the connector. */
  maxConcurrentCalls: number;
  /** Whether a browser's page may use the token; apps and programs have no `Origin`, and may. */
  originAllowed(origin: string | undefined): boolean;
  /** Whether an `accountId`, a slug or one with the prefix `ws-`, is this account. */
  isAccount(accountId: string): boolean;
  /** Whether a `projectId`, a slug or one with the prefix `PROJECT-`, is this project. */
  isProject(projectId: string): boolean;
}

/** Decides about access. Rejects only when it can't find out. */
export interface CallAccess {
  /** What the token allows; undefined when it is unknown, revoked, expired or forged. */
  verify(token: string): Promise<CallGrant | undefined>;
}
