// `parley sessions list`: which conversations there are, the newest first.
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { formatOption, printRows } from './print-records.ts';
import { eachSession, queryOptions, queryUsage, sessionQuery } from './session-query.ts';
import { sessionSummary } from './session-record.ts';
import { columns } from './table.ts';
import { wholeNumber } from './whole-number.ts';
import { withArchive } from './with-database.ts';

/** What fits on a line; the other formats have everything. */
const TABLE_COLUMNS = ['id', 'createdAt', 'endedAt', 'connector', 'agent', 'door', 'platform', 'entries'];

export const sessionsList: Command = {
  name: 'sessions list',
  parameters: '[options]',
  summary: 'Lists sessions, the newest first.',
  options: [
    ...queryUsage,
    ['--limit <number>', 'at most so many (50)'],
    ['--format <format>', 'table, json or jsonl (table)'],
  ],

  async run(args, world) {
    const { values } = parseArgs({
      args,
      options: {
        ...queryOptions,
        limit: { type: 'string', default: '50' },
        format: { type: 'string', default: 'table' },
      },
    });
    const format = formatOption(values.format, ['table', 'json', 'jsonl']);
    const limit = wholeNumber(values.limit, '--limit');
    const query = sessionQuery(values, world.clock.nowMs());
    await withArchive(world, async (archive) => {
      const rows = Array.from(eachSession(archive, query, limit), ({ info, endedMs, entryCount }) => ({
        ...sessionSummary(info, endedMs),
        entries: entryCount,
      }));
      await printRows(world, format === 'table' ? rows.map((row) => columns(row, TABLE_COLUMNS)) : rows, format);
    });
  },
};
