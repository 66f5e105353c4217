// The door of operations: what the other rooms' log and meter ports are in production, and how a process goes.
export { countedLog } from './counted-log.ts';
export type { DrainSteps } from './drain.ts';
export { drain } from './drain.ts';
export { measuredStore } from './measured-store.ts';
export type { LogLevel } from './pino-log.ts';
export { pinoLog } from './pino-log.ts';
export type { PromMeter } from './prom-meter.ts';
export { promMeter } from './prom-meter.ts';
