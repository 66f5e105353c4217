// Numbers as people write them on a command line.
import { UsageError } from './command.ts';

/** Reads a whole number from 0 on. Throws {@link UsageError}. */
export function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} needs a whole number.`);
  return Number(text);
}
