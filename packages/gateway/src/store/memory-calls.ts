// Records of calls in memory.
import type { CallArchive, CallRecord, CallRecords } from '../voice/index.ts';

/** Keeps records of calls, and forgets those that ended before a moment. */
export function callsInMemory(): CallRecords & CallArchive & { forgetCalls(endedBeforeMs: number): void } {
  const calls = new Map<string, CallRecord>();
  const newestFirst = (): CallRecord[] => [...calls.values()].sort((one, other) => (isBefore(one, other) ? 1 : -1));
  return {
    saveCall: (record) => void calls.set(record.callId, structuredClone(record)),
    endLostCalls(nowMs) {
      for (const call of calls.values()) {
        if (call.endedMs === null) calls.set(call.callId, { ...call, endedMs: nowMs, outcome: 'shutdown' });
      }
    },
    listCalls({ project, sinceMs = -Infinity, limit }) {
      const since = newestFirst().filter(({ startedMs }) => startedMs >= sinceMs);
      const found = project === undefined ? since : since.filter((call) => call.project === project);
      return structuredClone(found.slice(0, limit));
    },
    showCall: (id) => structuredClone(calls.get(id) ?? newestFirst().find(({ callSid }) => callSid === id)),
    forgetCalls(endedBeforeMs) {
      for (const { callId, startedMs, endedMs } of calls.values()) {
        if ((endedMs ?? startedMs) < endedBeforeMs) calls.delete(callId);
      }
    },
  };
}

function isBefore(one: CallRecord, other: CallRecord): boolean {
  return one.startedMs < other.startedMs || (one.startedMs === other.startedMs && one.callId < other.callId);
}
