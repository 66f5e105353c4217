// What the files of recordings are called: by the call's beginning and its id, `2026-11-21T10-30-00Z_<callId>.opus`.

/** What a file's name ends with until its recording is complete. */
export const partSuffix = '.part';

const pattern = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z_[^/]+\.opus(\.part)?$/;

/** The name of a call's recording. Whatever the id consists of, it names no other folder. */
export function recordingName({ callId, startedMs }: { callId: string; startedMs: number }): string {
  const seconds = new Date(startedMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  return `${seconds.replaceAll(':', '-')}Z_${encodeURIComponent(callId)}.opus`;
}

/** When the call of a recording, complete or not, began; undefined for the name of anything else. */
export function startOfRecording(name: string): number | undefined {
  const [, date, hours, minutes, seconds] = pattern.exec(name) ?? [];
  const startedMs = Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(startedMs) ? undefined : startedMs;
}
