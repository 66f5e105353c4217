// `parley desk-user remove`: somebody may sign in to the desk no more, and is signed out.
import { parseArgs } from 'node:util';
import { Refusal, type Command } from './command.ts';
import { oneId } from './one-id.ts';
import { withStore } from './with-database.ts';

export const deskUserRemove: Command = {
  name: 'desk-user remove',
  parameters: '<id>',
  summary: 'Removes somebody from the desk and signs them out.',

  async run(args, world) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const id = oneId(positionals, 'desk user');
    await withStore(world, async ({ deskUsers }) => {
      if (!(await deskUsers.remove(id))) throw new Refusal(`There is no desk user "${id}".`);
    });
    await world.print(`Desk user "${id}" is removed.`);
  },
};
