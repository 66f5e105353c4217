// Commands that are about one thing take its id and no other.
import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

/** The only positional argument. Throws {@link UsageError} when there is none, or more. */
export function oneId(positionals: readonly string[], noun: string): string {
  const [id, ...more] = positionals;
  if (id === undefined) throw new UsageError(`Which ${noun}?`);
  if (more.length > 0) throw new UsageError(`One ${noun} at a time, please.`);
  return id;
}

/** Reads the arguments `<id> [--json]`. Throws {@link UsageError} and what parseArgs throws. */
export function idAndJson(args: string[], noun: string): { id: string; json: boolean } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  return { id: oneId(positionals, noun), json: values.json };
}
