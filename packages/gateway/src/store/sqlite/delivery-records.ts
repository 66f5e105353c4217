// Keeps deliveries to desks of others: what waits, and the log. They go with their case.
import type { Database } from 'better-sqlite3';
import type { BridgeCaseRecord, DeliveryLog, DeliveryRecord } from '../../handoff/index.ts';
import { asIfNew } from '../replayed-delivery.ts';

/** The port of deliveries, answered at once. */
export interface DeliveryRecords {
  saveDelivery(record: DeliveryRecord): void;
  waitingDeliveries(): DeliveryRecord[];
  deliveriesOfCase(caseId: string): DeliveryRecord[];
  replayDelivery(id: string, nowMs: number): boolean;
}

const parse = (record: string): DeliveryRecord => JSON.parse(record) as DeliveryRecord;

/** Prepares the statements of the writing side. */
export function createDeliveryRecords(database: Database): DeliveryRecords {
  const upsert = database.prepare(`
    INSERT INTO bridge_deliveries (id, case_id, number, status, created_ms, record)
    SELECT :id, bridge_cases.id, :number, :status, :createdMs, :record FROM bridge_cases WHERE bridge_cases.id = :caseId
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, record = excluded.record`);
  const waiting = database
    .prepare<[], string>("SELECT record FROM bridge_deliveries WHERE status = 'waiting' ORDER BY case_id, number")
    .pluck();
  const ofCase = database
    .prepare<[string], string>('SELECT record FROM bridge_deliveries WHERE case_id = ? ORDER BY number')
    .pluck();
  const byId = database.prepare<[string], string>('SELECT record FROM bridge_deliveries WHERE id = ?').pluck();

  function saveDelivery(record: DeliveryRecord): void {
    const { id, caseId, number, status, createdMs } = record;
    upsert.run({ id, caseId, number, status, createdMs, record: JSON.stringify(record) });
  }

  return {
    saveDelivery,
    waitingDeliveries: () => waiting.all().map(parse),
    deliveriesOfCase: (caseId) => ofCase.all(caseId).map(parse),
    replayDelivery: database.transaction((id: string, nowMs: number) => {
      const record = byId.get(id);
      if (record === undefined) return false;
      saveDelivery(asIfNew(parse(record), nowMs));
      return true;
    }),
  };
}

interface LoggedRow {
  record: string;
  caseRecord: string;
}

/** Prepares the statements of the reading side. */
export function createDeliveryReader(database: Database): DeliveryLog {
  const columns = `SELECT bridge_deliveries.record AS record, bridge_cases.record AS caseRecord
    FROM bridge_deliveries JOIN bridge_cases ON bridge_cases.id = case_id`;
  const list = database.prepare<unknown[], LoggedRow>(`${columns}
    WHERE (:caseId IS NULL OR case_id = :caseId) AND (:status IS NULL OR status = :status)
      AND (:sinceMs IS NULL OR created_ms >= :sinceMs)
    ORDER BY created_ms DESC, bridge_deliveries.rowid DESC LIMIT :limit`);
  const byId = database.prepare<[string], LoggedRow>(`${columns} WHERE bridge_deliveries.id = ?`);

  const logged = ({ record, caseRecord }: LoggedRow): ReturnType<DeliveryLog['listDeliveries']>[number] => {
    const { sessionId, deskId } = JSON.parse(caseRecord) as BridgeCaseRecord;
    return { ...parse(record), sessionId, deskId };
  };

  return {
    listDeliveries({ caseId = null, status = null, sinceMs = null, limit }) {
      return list.all({ caseId, status, sinceMs, limit }).map(logged);
    },
    showDelivery(id) {
      const row = byId.get(id);
      return row && logged(row);
    },
  };
}
