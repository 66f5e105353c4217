// Where the bridge keeps its cases: hand-offs that desks of others have.

/** One hand-off at another desk. A session may have several, one after the other. */
export interface BridgeCaseRecord {
  id: string;
  sessionId: string;
  /** Which desk has it, by its place in the configuration. */
  deskId: string;
  /** When the user began to wait. Tells a hand-off from a later one of the same session. */
  waitingSinceMs: number;
  closedMs: number | null;
}

/** What a carrier remembers of a case at its desk, such as the ids it has there. */
export type Remembered = Record<string, unknown>;

/** An event of a desk that was taken, so that it is answered alike when it comes again. */
export interface TakenEvent {
  /** SHA-256 of what came, in hexadecimal. */
  sha256: string;
  applied: boolean;
}

/** Durable storage of the bridge. What it keeps goes with the session. */
export interface BridgeStore {
  findCase(id: string): Promise<BridgeCaseRecord | undefined>;
  /** Cases that were not closed, in no order. */
  openCases(): Promise<BridgeCaseRecord[]>;
  /** Adds a case, or replaces the one of the same id. Nothing happens when the session is gone. */
  saveCase(record: BridgeCaseRecord): Promise<void>;
  remembered(caseId: string): Promise<Remembered>;
  remember(caseId: string, remembered: Remembered): Promise<void>;
  findEvent(caseId: string, id: string): Promise<TakenEvent | undefined>;
  keepEvent(caseId: string, id: string, event: TakenEvent): Promise<void>;
}
