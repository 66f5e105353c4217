// Keeps records of calls, each until its age is up, whatever becomes of its session.
import type { Database } from 'better-sqlite3';
import type { CallArchive, CallRecord } from '../../voice/index.ts';
import type { PurgeStep } from './purge-step.ts';

/** Records deleted per step: some milliseconds. */
const STEP_CALLS = 500;

/** The port of records, answered at once, and what retention asks for. */
export interface CallWriter {
  saveCall(record: CallRecord): void;
  endLostCalls(nowMs: number): void;
  purgeCalls(query: { endedBeforeMs: number }): PurgeStep;
}

/** Prepares the statements of the writing side. */
export function createCallWriter(database: Database): CallWriter {
  const upsert = database.prepare(`
    INSERT INTO calls (call_id, call_sid, project, started_ms, last_ms, record)
    VALUES (:callId, :callSid, :project, :startedMs, :lastMs, :record)
    ON CONFLICT (call_id) DO UPDATE SET last_ms = excluded.last_ms, record = excluded.record`);
  const purge = database.prepare(`
    DELETE FROM calls WHERE call_id IN (SELECT call_id FROM calls WHERE last_ms < ? ORDER BY last_ms LIMIT ?)`);
  const unfinished = database
    .prepare<[], string>(`SELECT record FROM calls WHERE json_extract(record, '$.endedMs') IS NULL`)
    .pluck();
  const writer: CallWriter = {
    endLostCalls(nowMs) {
      for (const record of unfinished.all()) {
        writer.saveCall({ ...(JSON.parse(record) as CallRecord), endedMs: nowMs, outcome: 'shutdown' });
      }
    },
    saveCall(record) {
      const { callId, callSid, project, startedMs, endedMs } = record;
      const lastMs = endedMs ?? startedMs;
      upsert.run({ callId, callSid, project, startedMs, lastMs, record: JSON.stringify(record) });
    },
    purgeCalls({ endedBeforeMs }) {
      const { changes } = purge.run(endedBeforeMs, STEP_CALLS);
      return { removed: changes, more: changes === STEP_CALLS };
    },
  };
  return writer;
}

/** Prepares the statements of the reading side. */
export function createCallReader(database: Database): CallArchive {
  const list = database
    .prepare<{ project: string | null; sinceMs: number | null; limit: number }, string>(
      `SELECT record FROM calls
      WHERE (:project IS NULL OR project = :project) AND (:sinceMs IS NULL OR started_ms >= :sinceMs)
      ORDER BY started_ms DESC, call_id DESC LIMIT :limit`,
    )
    .pluck();
  // A client's name for a call may come again; no call is hidden by the name of another.
  const byId = database
    .prepare<{ id: string }, string>(
      `SELECT record FROM calls WHERE call_id = :id OR call_sid = :id
      ORDER BY call_id = :id DESC, started_ms DESC LIMIT 1`,
    )
    .pluck();
  const parse = (record: string): CallRecord => JSON.parse(record) as CallRecord;
  return {
    listCalls({ project, sinceMs, limit }) {
      return list.all({ project: project ?? null, sinceMs: sinceMs ?? null, limit }).map(parse);
    },
    showCall(id) {
      const record = byId.get({ id });
      return record === undefined ? undefined : parse(record);
    },
  };
}
