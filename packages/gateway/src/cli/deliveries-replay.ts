// `parley handoff deliveries replay`: has the server deliver something again.
import { parseArgs } from 'node:util';
import { Refusal, type Command } from './command.ts';
import { oneId } from './one-id.ts';
import { withStore } from './with-database.ts';

export const deliveriesReplay: Command = {
  name: 'handoff deliveries replay',
  parameters: '<id>',
  summary: 'Has a delivery made again, under the same id. A running server does it within seconds.',

  async run(args, world) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const id = oneId(positionals, 'delivery');
    await withStore(world, async ({ deliveries }) => {
      if (!(await deliveries.replay(id, world.clock.nowMs()))) throw new Refusal(`There is no delivery "${id}".`);
      await world.print(`Delivery ${id} waits to be made again.`);
    });
  },
};
