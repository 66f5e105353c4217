// Keeps the bridge's cases and the events that were taken. They go with their session.
import type { Database } from 'better-sqlite3';
import type { BridgeCaseRecord, Remembered, TakenEvent } from '../../handoff/index.ts';

/** The port of the bridge, answered at once. */
export interface BridgeRecords {
  findBridgeCase(id: string): BridgeCaseRecord | undefined;
  openBridgeCases(): BridgeCaseRecord[];
  saveBridgeCase(record: BridgeCaseRecord): void;
  bridgeRemembered(caseId: string): Remembered;
  bridgeRemember(caseId: string, remembered: Remembered): void;
  findBridgeEvent(caseId: string, id: string): TakenEvent | undefined;
  keepBridgeEvent(caseId: string, id: string, event: TakenEvent): void;
}

/** Prepares the statements. */
export function createBridgeRecords(database: Database): BridgeRecords {
  const find = database.prepare<[string], string>('SELECT record FROM bridge_cases WHERE id = ?').pluck();
  const open = database.prepare<[], string>('SELECT record FROM bridge_cases WHERE closed_ms IS NULL').pluck();
  const upsert = database.prepare(`
    INSERT INTO bridge_cases (id, session_key, closed_ms, record, remembered)
    SELECT :id, session_key, :closedMs, :record, '{}' FROM sessions WHERE sessions.id = :sessionId
    ON CONFLICT (id) DO UPDATE SET closed_ms = excluded.closed_ms, record = excluded.record`);
  const remembered = database.prepare<[string], string>('SELECT remembered FROM bridge_cases WHERE id = ?').pluck();
  const remember = database.prepare('UPDATE bridge_cases SET remembered = ? WHERE id = ?');
  const event = database.prepare<[string, string], { sha256: string; applied: number }>(
    'SELECT sha256, applied FROM bridge_events WHERE case_id = ? AND id = ?',
  );
  const keep = database.prepare(`
    INSERT INTO bridge_events (case_id, id, sha256, applied)
    SELECT id, :eventId, :sha256, :applied FROM bridge_cases WHERE id = :caseId
    ON CONFLICT DO NOTHING`);
  const parse = (record: string): BridgeCaseRecord => JSON.parse(record) as BridgeCaseRecord;

  return {
    findBridgeCase(id) {
      const record = find.get(id);
      return record === undefined ? undefined : parse(record);
    },
    openBridgeCases: () => open.all().map(parse),
    saveBridgeCase(record) {
      const { id, sessionId, closedMs } = record;
      upsert.run({ id, sessionId, closedMs, record: JSON.stringify(record) });
    },
    bridgeRemembered: (caseId) => JSON.parse(remembered.get(caseId) ?? '{}') as Remembered,
    bridgeRemember: (caseId, memory) => void remember.run(JSON.stringify(memory), caseId),
    findBridgeEvent(caseId, id) {
      const found = event.get(caseId, id);
      return found && { sha256: found.sha256, applied: found.applied === 1 };
    },
    keepBridgeEvent: (caseId, eventId, { sha256, applied }) =>
      void keep.run({ caseId, eventId, sha256, applied: Number(applied) }),
  };
}
