// What the process and its database thread say to each other: at most one message per group of writes each way.
import { StoreError, type StoreErrorCode } from '../store-error.ts';
import type { Bell } from './bell.ts';
import type { BridgeRecords } from './bridge-records.ts';
import type { CallWriter } from './call-records.ts';
import type { ConnectorRecords } from './connector-records.ts';
import type { DeliveryRecords } from './delivery-records.ts';
import type { DeskRecords } from './desk-records.ts';
import type { DeskUserRecords } from './desk-user-records.ts';
import type { PurgeStep } from './purge-step.ts';
import type { SessionReader } from './session-reader.ts';
import type { WriteGroup } from './write-group.ts';

/** What the thread is started with. */
export interface ThreadData {
  /** Path, or `:memory:`. */
  file: string;
  /** Rung after every request. */
  bell: Bell;
}

/** What the thread can be asked. */
export interface Queries
  extends SessionReader, ConnectorRecords, DeskRecords, DeskUserRecords, BridgeRecords, DeliveryRecords, CallWriter {
  purgeStep(query: { endedBeforeMs: number }): PurgeStep;
  /** Closes the database; the thread ends when it has said so. */
  close(): void;
}

/** A question. */
export interface Call {
  id: number;
  name: keyof Queries;
  args: unknown[];
}

/** To the thread: writes, then questions, which are answered after the writes were made. */
export interface ThreadRequest {
  group: WriteGroup | null;
  calls: Call[];
}

/** A `StoreError` on its way: errors lose their members between threads. */
export interface Failure {
  code: StoreErrorCode;
  message: string;
}

/** The thread's first message: whether the database is open. */
export interface ThreadGreeting {
  failure: Failure | null;
}

/** From the thread, from then on. */
export type ThreadReply =
  /** The group is durable but for the appends with these indexes. */
  | { type: 'written'; conflicts: number[] }
  /** Nothing of the group is stored. */
  | { type: 'not-written'; failure: Failure }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'no-answer'; id: number; failure: Failure };

/** What to send for an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StoreError) return { code: error.code, message: error.message };
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/** What to throw for a failure. */
export function errorOf({ code, message }: Failure): StoreError {
  return new StoreError(code, message);
}
