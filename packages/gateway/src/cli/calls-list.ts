// `parley calls list`: which calls there were, the newest first.
import { parseArgs } from 'node:util';
import { callSummary } from './call-summary.ts';
import type { Command } from './command.ts';
import { momentMs } from './moment.ts';
import { printData, printRows } from './print-records.ts';
import { columns } from './table.ts';
import { wholeNumber } from './whole-number.ts';
import { withArchive } from './with-database.ts';

/** What fits on a line; JSON has everything. */
const TABLE_COLUMNS = ['id', 'startedAt', 'seconds', 'project', 'agent', 'mode', 'outcome', 'session'];

export const callsList: Command = {
  name: 'calls list',
  parameters: '[options]',
  summary: 'Lists calls, the newest first.',
  options: [
    ['--project <name>', 'calls of this project'],
    ['--since <time>', 'begun at this time or later: 2026-01-31, 2026-01-31T12:00:00Z, or 24h (ago)'],
    ['--limit <number>', 'at most so many (50)'],
    ['--json', 'prints one array, with everything there is'],
  ],

  async run(args, world) {
    const { values } = parseArgs({
      args,
      options: {
        project: { type: 'string' },
        since: { type: 'string' },
        limit: { type: 'string', default: '50' },
        json: { type: 'boolean', default: false },
      },
    });
    const { project, since } = values;
    const limit = wholeNumber(values.limit, '--limit');
    const nowMs = world.clock.nowMs();
    const sinceMs = momentMs(since, { option: '--since', nowMs });
    await withArchive(world, async (archive) => {
      const calls = archive.listCalls({ project, sinceMs, limit });
      if (values.json) {
        const records = calls.map((call) => ({ ...callSummary(call), figures: call.figures }));
        await printData(world, records, 'json');
      } else {
        const rows = calls.map((call) => columns(callSummary(call), TABLE_COLUMNS));
        await printRows(world, rows, 'table');
      }
    });
  },
};
