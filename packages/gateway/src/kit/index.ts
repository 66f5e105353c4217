export * from './fake-time.ts';
export * from './ids.ts';
export * from './log.ts';
export * from './meter.ts';
export * from './retention.ts';
export * from './signature.ts';
export * from './time.ts';
