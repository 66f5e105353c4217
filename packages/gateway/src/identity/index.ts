// The door of identity: who may talk, from where, and as whom.
export type { AccessGrant } from './access-tokens.ts';
export { AccessTokens } from './access-tokens.ts';
export type { ApiAccessCode } from './api-access.ts';
export { resolveApiAccess, resolveProjectAccess } from './api-access.ts';
export type { Connector, ContextKey } from './connector.ts';
export { hashToken } from './connector.ts';
export { Connectors } from './connectors.ts';
export type { VerifiedContext } from './context-token.ts';
export { verifyContextToken } from './context-token.ts';
export type { Host } from './host-rule.ts';
export { hostMatches, originMatches, parseDomain } from './host-rule.ts';
export type { ConnectorStore } from './ports/connector-store.ts';
export type { RateVerdict } from './rate-limit.ts';
export { RateLimit, limitPerMinute } from './rate-limit.ts';
