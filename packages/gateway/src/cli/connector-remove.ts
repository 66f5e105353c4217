// `parley connector remove`: the end of a connector. Its tokens, and the access tokens it has given out, die with it.
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { oneId } from './one-id.ts';
import { storedConnector } from './stored-connector.ts';
import { withStore } from './with-database.ts';

export const connectorRemove: Command = {
  name: 'connector remove',
  parameters: '<id>',
  summary: 'Removes a connector. Its tokens stop working; what clients of open sessions still ask for is refused.',

  async run(args, world) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const id = oneId(positionals, 'connector');
    await withStore(world, async ({ connectors }, config) => {
      await storedConnector(id, { config, connectors });
      await connectors.remove(id);
    });
    await world.print(`Connector "${id}" is removed.`);
  },
};
