// `parley handoff deliveries show`: one delivery with what it says.
import { Refusal, type Command } from './command.ts';
import { deliverySummary } from './delivery-summary.ts';
import { idAndJson } from './one-id.ts';
import { factsText } from './session-record.ts';
import { withArchive } from './with-database.ts';

export const deliveriesShow: Command = {
  name: 'handoff deliveries show',
  parameters: '<id> [--json]',
  summary: 'Shows a delivery: how it went, and what it says.',
  options: [['--json', 'prints everything as JSON']],

  async run(args, world) {
    const { id, json } = idAndJson(args, 'delivery');
    await withArchive(world, async (archive) => {
      const delivery = archive.showDelivery(id);
      if (!delivery) throw new Refusal(`There is no delivery "${id}".`);
      const body: unknown = JSON.parse(delivery.body);
      const summary = deliverySummary(delivery);
      const text = `${factsText(summary)}\n\n${JSON.stringify(body, null, 2)}`;
      await world.print(json ? JSON.stringify({ ...summary, body }, null, 2) : text);
    });
  },
};
