export { createMemoryDesk } from './adapters/memory-desk.ts';
export type { DeskCase, MemoryDesk } from './adapters/memory-desk.ts';
export { createHandoffCoordinator } from './coordinator.ts';
export { DeskError } from './ports/handoff-desk.ts';
export type { HandoffCase, HandoffDesk } from './ports/handoff-desk.ts';
