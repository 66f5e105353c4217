// The door of identity: who may talk, from where, and as whom.
export type { Connector, ContextKey } from './connector.ts';
export { hashToken } from './connector.ts';
export type { Host } from './host-rule.ts';
export type { ConnectorStore } from './ports/connector-store.ts';
