// Commands that are about one thing take its id and nothing else.
import { UsageError } from './command.ts';

/** The only positional argument. Throws {@link UsageError} when there is none, or more. */
export function oneId(positionals: readonly string[], noun: string): string {
  const [id, ...more] = positionals;
  if (id === undefined) throw new UsageError(`Which ${noun}?`);
  if (more.length > 0) throw new UsageError(`One ${noun} at a time, please.`);
  return id;
}
