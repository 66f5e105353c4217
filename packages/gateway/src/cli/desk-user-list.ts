// `parley desk-user list`: who may sign in to the desk. Never their passwords.
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { formatOption, printRows } from './print-records.ts';
import { withStore } from './with-database.ts';

export const deskUserList: Command = {
  name: 'desk-user list',
  parameters: '[--format <format>]',
  summary: 'Lists the people who may sign in to the desk.',
  options: [['--format <format>', 'table, json or jsonl (table)']],

  async run(args, world) {
    const { values } = parseArgs({ args, options: { format: { type: 'string', default: 'table' } } });
    const format = formatOption(values.format, ['table', 'json', 'jsonl']);
    await withStore(world, async ({ deskUsers }) => {
      const users = await deskUsers.list();
      const rows = users.map(({ id, name, role, queueIds, capacity }) => {
        return { id, name, role, queues: queueIds ?? ['all'], capacity };
      });
      await printRows(world, rows, format);
    });
  },
};
