// Where deliveries to desks of others are kept: those that are still to be made, and the log of those that were.
import type { BridgeDeliveryType } from '@parley/protocol';

/**
 * How a delivery stands. `given-up`: it was tried as often as it may be. `dropped`: it wasn't tried, because the desk
 * never took the case, or was gone.
 */
export type DeliveryStatus = 'waiting' | 'delivered' | 'refused' | 'given-up' | 'dropped';

/** One thing a desk is told. */
export interface DeliveryRecord {
  /** Its idempotency key, however often it is tried. */
  id: string;
  caseId: string;
  /** Place among the deliveries of its case, from 1. They are made in this order. */
  number: number;
  type: BridgeDeliveryType;
  /** As the protocol writes it. */
  body: string;
  /** Up to which sequence of the session it tells what was said; null when it tells nothing of it. */
  sequence: number | null;
  status: DeliveryStatus;
  /** Since it was made, or was asked for again. */
  tries: number;
  createdMs: number;
  /** Of the last try; null before the first. */
  triedMs: number | null;
  /** Not before this. */
  dueMs: number;
  /** What came of the last try: an HTTP status, or a word. */
  answer: string | null;
}

/** Durable storage of deliveries. What it keeps goes with the session. */
export interface DeliveryStore {
  /** Adds a delivery, or replaces the one of the same id. Nothing happens when its case is gone. */
  save(record: DeliveryRecord): Promise<void>;
  /** Those that wait, in the order of their numbers. */
  waiting(): Promise<DeliveryRecord[]>;
  /** Those of a case, in the order of their numbers. */
  ofCase(caseId: string): Promise<DeliveryRecord[]>;
  /** Lets a delivery wait again as if it had never been tried. False when there is none. */
  replay(id: string, nowMs: number): Promise<boolean>;
}

/** A delivery in the log, and whose it is. */
export interface LoggedDelivery extends DeliveryRecord {
  sessionId: string;
  deskId: string;
}

/** The log, for those who look at it from outside the server. */
export interface DeliveryLog {
  /** The newest first. */
  listDeliveries(query: DeliveryQuery): LoggedDelivery[];
  showDelivery(id: string): LoggedDelivery | undefined;
}

/** Which deliveries are asked for. */
export interface DeliveryQuery {
  caseId?: string | undefined;
  status?: DeliveryStatus | undefined;
  sinceMs?: number | undefined;
  limit: number;
}
