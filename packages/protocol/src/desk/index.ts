// The public API of the desk: what its people see, what they can do, and how both travel.
export * from './desk-bodies.ts';
export * from './desk-commands.ts';
export * from './desk-errors.ts';
export * from './desk-events.ts';
export * from './desk-frames.ts';
export * from './desk-views.ts';
