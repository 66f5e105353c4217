// The wire of Parley: schemas, types, texts and codecs. Everything that crosses a socket is described here.
export * from './client-events.ts';
export * from './close-codes.ts';
export * from './cursor.ts';
export * from './envelope.ts';
export * from './server-events.ts';
export * from './shared-objects.ts';
export * from './system-messages.ts';
