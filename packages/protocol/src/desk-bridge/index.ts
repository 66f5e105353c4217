// The bridge to desks that aren't Parley's own: what they are told, what they tell, and what is refused.
export * from './bridge-deliveries.ts';
export * from './bridge-errors.ts';
export * from './bridge-events.ts';
