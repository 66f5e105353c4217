// The door of voice.
export type { CallAccess, CallGrant } from './ports/call-access.ts';
