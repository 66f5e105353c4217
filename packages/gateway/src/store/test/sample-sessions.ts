// Sessions and entries for the tests of this room.
import type { SessionInfo, SessionMarks, StoredEntry } from '../../messaging/index.ts';
import type { Store } from '../store.ts';

/** A session for tests. */
export function sessionInfo(id: string, changes: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id,
    connectorId: 'site',
    account: 'acme',
    project: 'help',
    agentId: 'demo',
    variantId: null,
    subject: `subject of ${id}`,
    door: 'messaging',
    channel: 'webchat',
    streaming: true,
    platform: 'web',
    deviceType: null,
    userAgent: null,
    contextId: null,
    createdMs: 1_000,
    ...changes,
  };
}

/** Public entries at positions `from` to `to`, whose sequences equal their positions. */
export function entriesAt(from: number, to: number = from): StoredEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const position = from + index;
    return { position, sequence: position, atMs: 1_000 + position, text: `{"number":${position},"text":"żółw 🐢"}` };
  });
}

/** Appends, and waits until it is durable. */
export function appended(
  store: Store,
  sessionId: string,
  append: { entries: readonly StoredEntry[]; marks?: SessionMarks },
): Promise<void> {
  return new Promise((resolve, reject) => {
    store.append(sessionId, append, (error) => (error ? reject(error) : resolve()));
  });
}
