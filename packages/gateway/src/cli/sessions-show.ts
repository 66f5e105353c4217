// `parley sessions show`: one conversation, to read.
import { parseArgs } from 'node:util';
import type { ArchivedSession } from '../store/index.ts';
import { Refusal, type Command } from './command.ts';
import { oneId } from './one-id.ts';
import { formatOption } from './print-records.ts';
import { factsText, messageTexts, sessionRecord, sessionSummary } from './session-record.ts';
import { withArchive } from './with-database.ts';

export const sessionsShow: Command = {
  name: 'sessions show',
  parameters: '<id> [--format <format>]',
  summary: 'Shows what was said in a session.',
  options: [['--format <format>', 'text, or json with every event (text)']],

  async run(args, world) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { format: { type: 'string', default: 'text' } },
    });
    const id = oneId(positionals, 'session');
    const format = formatOption(values.format, ['text', 'json']);
    await withArchive(world, async (archive) => {
      const session = archive.show(id);
      if (!session) throw new Refusal(`There is no session "${id}".`);
      await world.print(format === 'json' ? JSON.stringify(sessionRecord(session), null, 2) : sessionText(session));
    });
  },
};

function sessionText({ info, endedMs, entries }: ArchivedSession): string {
  return [factsText(sessionSummary(info, endedMs)), ...messageTexts(entries)].join('\n\n');
}
