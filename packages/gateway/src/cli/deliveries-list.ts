// `parley handoff deliveries list`: what other desks were told, and what they are still to be told.
import { parseArgs } from 'node:util';
import type { DeliveryStatus } from '../handoff/index.ts';
import { UsageError, type Command } from './command.ts';
import { deliverySummary } from './delivery-summary.ts';
import { momentMs } from './moment.ts';
import { formatOption, printRows } from './print-records.ts';
import { columns } from './table.ts';
import { wholeNumber } from './whole-number.ts';
import { withArchive } from './with-database.ts';

const statuses: readonly DeliveryStatus[] = ['waiting', 'delivered', 'refused', 'given-up', 'dropped'];

/** What fits on a line; data has everything. */
const TABLE_COLUMNS = ['id', 'case', 'number', 'kind', 'status', 'tries', 'lastStatus', 'createdAt', 'triedAt'];

export const deliveriesList: Command = {
  name: 'handoff deliveries list',
  parameters: '[options]',
  summary: 'Lists what other desks were told of hand-offs, the newest first.',
  options: [
    ['--case <id>', 'of this hand-off'],
    ['--status <status>', statuses.join(', ')],
    ['--since <time>', 'made at this time or later: 2026-01-31, 2026-01-31T12:00:00Z, or 24h (ago)'],
    ['--limit <number>', 'at most so many (50)'],
    ['--format <format>', 'table, json or jsonl (table)'],
  ],

  async run(args, world) {
    const { values } = parseArgs({
      args,
      options: {
        case: { type: 'string' },
        status: { type: 'string' },
        since: { type: 'string' },
        limit: { type: 'string', default: '50' },
        format: { type: 'string', default: 'table' },
      },
    });
    const format = formatOption(values.format, ['table', 'json', 'jsonl']);
    const limit = wholeNumber(values.limit, '--limit');
    const nowMs = world.clock.nowMs();
    const sinceMs = momentMs(values.since, { option: '--since', nowMs });
    const status = statusOption(values.status);
    await withArchive(world, async (archive) => {
      const found = archive.listDeliveries({ caseId: values.case, status, sinceMs, limit }).map(deliverySummary);
      const short = found.map((row) => columns(row, TABLE_COLUMNS));
      await printRows(world, format === 'table' ? short : found, format);
    });
  },
};

function statusOption(value: string | undefined): DeliveryStatus | undefined {
  const status = statuses.find((known) => known === value);
  if (value !== undefined && status === undefined)
    throw new UsageError(`--status must be one of ${statuses.join(', ')}.`);
  return status;
}
