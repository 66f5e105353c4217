// `parley sessions export`: whole conversations for other programs.
import { parseArgs } from 'node:util';
import type { SessionArchive } from '../store/index.ts';
import { Refusal, type Command } from './command.ts';
import { formatOption, printData } from './print-records.ts';
import { eachSession, queryOptions, queryUsage, sessionQuery, type SessionQuery } from './session-query.ts';
import { sessionRecord } from './session-record.ts';
import { withArchive } from './with-database.ts';

export const sessionsExport: Command = {
  name: 'sessions export',
  parameters: '[<id>...] [options]',
  summary: 'Prints whole sessions with messages and events: those named, or all that match.',
  options: [...queryUsage, ['--format <format>', 'jsonl (a session per line) or json (one array) (jsonl)']],

  async run(args, world) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...queryOptions, format: { type: 'string', default: 'jsonl' } },
    });
    const format = formatOption(values.format, ['json', 'jsonl']);
    const query = sessionQuery(values, world.clock.nowMs());
    await withArchive(world, async (archive) => {
      const ids = positionals.length > 0 ? existing(positionals, archive) : matching(query, archive);
      await printData(world, records(ids, archive), format);
    });
  },
};

/** The ids themselves, after a look whether they are all there: better no export than half of one. */
function existing(ids: readonly string[], archive: SessionArchive): readonly string[] {
  const missing = ids.filter((id) => !archive.show(id));
  if (missing.length > 0) throw new Refusal(missing.map((id) => `There is no session "${id}".`).join('\n'));
  return ids;
}

function* matching(query: SessionQuery, archive: SessionArchive): Generator<string> {
  for (const { info } of eachSession(archive, query)) yield info.id;
}

function* records(ids: Iterable<string>, archive: SessionArchive): Generator<Record<string, unknown>> {
  for (const id of ids) {
    const session = archive.show(id);
    // Retention may have taken it in the meantime.
    if (session) yield sessionRecord(session);
  }
}
