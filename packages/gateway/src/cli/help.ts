// The texts that tell how to use the command line.
import type { Command } from './command.ts';

/** All commands, or those whose name begins with a word. */
export function helpText(commands: readonly Command[]): string {
  const lines = commands.map(({ name, summary }) => `  parley ${name.padEnd(26)} ${summary}`);
  return [
    'Usage: parley <command> [options]',
    '',
    ...lines,
    '',
    '`parley <command> --help` tells more. The configuration is found as the server finds it: PARLEY_CONFIG, DATABASE_URL, ….',
  ].join('\n');
}

/** How to use one command. */
export function usageText({ name, parameters, summary, options = [] }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const lines = options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [
    `Usage: parley ${name} ${parameters}`.trimEnd(),
    '',
    summary,
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n');
}
