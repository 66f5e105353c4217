// What there is to read from outside the server.
import type { DeliveryLog } from '../handoff/index.ts';
import type { CallArchive } from '../voice/index.ts';
import type { SessionArchive } from './session-archive.ts';

/** Reads a database that a server may be writing to. Every answer is of the moment it is given. */
export interface Archive extends SessionArchive, CallArchive, DeliveryLog {
  close(): void;
}
