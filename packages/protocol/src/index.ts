// The wire of Parley: schemas, types, texts and codecs. Everything that crosses a socket is described here.
export * from './chat-api.ts';
export * from './chat-errors.ts';
export * from './client-events.ts';
export * from './client-frame.ts';
export * from './close-codes.ts';
export * from './cursor.ts';
export * from './envelope.ts';
export * from './handoff-state.ts';
export * from './limits.ts';
export * from './rest-bodies.ts';
export * from './rest-errors.ts';
export * from './server-events.ts';
export * from './shared-objects.ts';
export * from './system-messages.ts';
export * from './wire-version.ts';
export { asyncApiDocument } from './documents/asyncapi.ts';
export type { DocumentOptions } from './documents/document-options.ts';
export { openApiDocument } from './documents/openapi.ts';
