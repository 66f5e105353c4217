// Durations and moments as people write them on a command line.
import { UsageError } from './command.ts';

const UNITS_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `15m`, `24h` or `7d`. Throws {@link UsageError}. */
export function durationMs(text: string, option: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new UsageError(`${option} needs a duration such as 90s, 15m, 24h or 7d.`);
  return duration;
}

/** Reads a date, a time (ISO 8601) or a duration that has passed since. Undefined stays so. Throws {@link UsageError}. */
export function momentMs(
  text: string | undefined,
  { option, nowMs }: { option: string; nowMs: number },
): number | undefined {
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration !== undefined) return nowMs - duration;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new UsageError(`${option} needs a date such as 2026-01-31, a time such as 2026-01-31T12:00:00Z, or 24h (ago).`);
}

function parseDuration(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}
