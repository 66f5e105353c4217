// What every store of this room is: the ports it implements, and what its owner needs to run it.
import type { ConversationIndex } from '../chat-api/index.ts';
import type { BridgeStore, DeliveryStore, DeskStore } from '../handoff/index.ts';
import type { ConnectorStore, DeskUserStore } from '../identity/index.ts';
import type { SessionStore } from '../messaging/index.ts';
import type { CallRecords } from '../voice/index.ts';

/** Sessions, connectors and records of calls in one place. */
export interface Store extends SessionStore, ConnectorStore, ConversationIndex, CallRecords {
  desk: DeskStore;
  deskUsers: DeskUserStore;
  bridge: BridgeStore;
  deliveries: DeliveryStore;
  /** Deletes sessions and records of calls that ended before the moment, a little at a time. Says how many sessions. */
  purge(query: { endedBeforeMs: number }): Promise<number>;
  /** Writes what was given, then lets go of the database. Nothing can be asked or written any more. Idempotent. */
  close(): Promise<void>;
}
