// `parley connector list`: what connectors there are, those of the configuration file too. Never their secrets.
import { parseArgs } from 'node:util';
import { Connectors, type Connector } from '../identity/index.ts';
import type { Command } from './command.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

export const connectorList: Command = {
  name: 'connector list',
  parameters: '[--json]',
  summary: 'Lists the connectors of the configuration and of the database.',
  options: [['--json', 'prints one JSON object per line']],

  async run(args, world) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
    await withStore(world, async ({ connectors: store }, config) => {
      const configured = new Set(config.connectors.map(({ id }) => id));
      const connectors = new Connectors({ configured: config.connectors, store, clock: world.clock });
      const rows = (await connectors.list()).map((one) => row(one, configured.has(one.id)));
      const lines = values.json ? rows.map((one) => JSON.stringify(one)) : table(rows);
      for (const line of lines) await world.print(line);
    });
  },
};

function row(connector: Connector, isConfigured: boolean): Record<string, string | string[]> {
  const { id, agent, account, project } = connector;
  const hosts = connector.hosts.map(({ kind, value }) => (kind === 'app' ? `app:${value}` : value));
  return { id, agent, account, project, hosts, from: isConfigured ? 'configuration' : 'database' };
}
