// Prints records as people or programs want them.
import { UsageError, type World } from './command.ts';
import { table, type Cell } from './table.ts';

/** `json`: one array. `jsonl`: JSON Lines, a record per line. */
export type DataFormat = 'json' | 'jsonl';

/** Reads the value of `--format`. Throws {@link UsageError}. */
export function formatOption<Format extends string>(value: string, formats: readonly Format[]): Format {
  const format = formats.find((known) => known === value);
  if (format === undefined) throw new UsageError(`--format must be ${formats.join(' or ')}.`);
  return format;
}

/** Prints records one after the other, so that there may be more of them than fit into memory. */
export async function printData(world: World, records: Iterable<unknown>, format: DataFormat): Promise<void> {
  if (format === 'jsonl') {
    for (const record of records) await world.print(JSON.stringify(record));
    return;
  }
  let before = '[';
  for (const record of records) {
    await world.print(`${before}\n${JSON.stringify(record)}`);
    before = ',';
  }
  await world.print(before === '[' ? '[]' : ']');
}

/** Prints rows as a table, or as data. */
export async function printRows(
  world: World,
  rows: readonly Record<string, Cell>[],
  format: DataFormat | 'table',
): Promise<void> {
  if (format !== 'table') return printData(world, rows, format);
  for (const line of table(rows)) await world.print(line);
}
