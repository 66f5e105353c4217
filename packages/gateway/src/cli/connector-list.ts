// `parley connector list`: what connectors there are, those of the configuration file too. Never their secrets.
import { parseArgs } from 'node:util';
import { Connectors, type Connector } from '../identity/index.ts';
import type { Command } from './command.ts';
import { formatOption, printRows } from './print-records.ts';
import type { Cell } from './table.ts';
import { withStore } from './with-database.ts';

export const connectorList: Command = {
  name: 'connector list',
  parameters: '[--format <format>]',
  summary: 'Lists the connectors of the configuration and of the database.',
  options: [['--format <format>', 'table, json or jsonl (table)']],

  async run(args, world) {
    const { values } = parseArgs({ args, options: { format: { type: 'string', default: 'table' } } });
    const format = formatOption(values.format, ['table', 'json', 'jsonl']);
    await withStore(world, async ({ connectors: store }, config) => {
      const configured = new Set(config.connectors.map(({ id }) => id));
      const connectors = new Connectors({ configured: config.connectors, store, clock: world.clock });
      const rows = (await connectors.list()).map((one) => row(one, configured.has(one.id)));
      await printRows(world, rows, format);
    });
  },
};

function row(connector: Connector, isConfigured: boolean): Record<string, Cell> {
  const { id, agent, account, project } = connector;
  const hosts = connector.hosts.map(({ kind, value }) => (kind === 'app' ? `app:${value}` : value));
  return { id, agent, account, project, hosts, from: isConfigured ? 'configuration' : 'database' };
}
