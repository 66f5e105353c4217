// Which sessions a command is about: the same options for lists and exports.
import type { ArchiveQuery, SessionArchive, SessionSummary } from '../store/index.ts';
import { UsageError } from './command.ts';
import { momentMs } from './moment.ts';

interface TextOption {
  type: 'string';
}

interface Flag {
  type: 'boolean';
}

/** For parseArgs. */
export const queryOptions: {
  connector: TextOption;
  since: TextOption;
  until: TextOption;
  ended: Flag;
  live: Flag;
} = {
  connector: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  ended: { type: 'boolean' },
  live: { type: 'boolean' },
};

/** For the usage. */
export const queryUsage: readonly [string, string][] = [
  ['--connector <id>', 'sessions of this connector'],
  ['--since <time>', 'begun at this time or later: 2026-01-31, 2026-01-31T12:00:00Z, or 24h (ago)'],
  ['--until <time>', 'begun before this time'],
  ['--ended', 'sessions that are over'],
  ['--live', 'sessions that go on'],
];

/** What parseArgs makes of {@link queryOptions}. */
export interface QueryValues {
  connector?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  ended?: boolean | undefined;
  live?: boolean | undefined;
}

/** Which sessions, however many. */
export type SessionQuery = Omit<ArchiveQuery, 'limit' | 'after'>;

/** The query that the options describe. Throws {@link UsageError}. */
export function sessionQuery(values: QueryValues, nowMs: number): SessionQuery {
  if (values.ended && values.live) throw new UsageError('A session is either over or not: --ended or --live.');
  const { connector: connectorId, since, until } = values;
  return {
    connectorId,
    sinceMs: momentMs(since, { option: '--since', nowMs }),
    untilMs: momentMs(until, { option: '--until', nowMs }),
    ended: values.ended ? true : values.live ? false : undefined,
  };
}

/** The sessions that match, the newest first, read page by page. */
export function* eachSession(
  archive: SessionArchive,
  query: SessionQuery,
  limit: number = Infinity,
): Generator<SessionSummary, void, undefined> {
  let after: ArchiveQuery['after'];
  for (let left = limit; left > 0; left -= PAGE) {
    const page = archive.list({ ...query, after, limit: Math.min(left, PAGE) });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { id: last.info.id, createdMs: last.info.createdMs };
  }
}

const PAGE = 200;
