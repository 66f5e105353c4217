// Finds the command that the arguments ask for, runs it, and tells what went wrong.

import { StoreError } from '../store/index.ts';
import { callsList } from './calls-list.ts';
import { callsShow } from './calls-show.ts';
import { Refusal, UsageError, type Command, type World } from './command.ts';
import { configCheck } from './config-check.ts';
import { connectorAdd } from './connector-add.ts';
import { connectorCallToken } from './connector-call-token.ts';
import { connectorList } from './connector-list.ts';
import { connectorRemove } from './connector-remove.ts';
import { connectorRotate } from './connector-rotate.ts';
import { deliveriesList } from './deliveries-list.ts';
import { deliveriesReplay } from './deliveries-replay.ts';
import { deliveriesShow } from './deliveries-show.ts';
import { deskUserAdd } from './desk-user-add.ts';
import { deskUserList } from './desk-user-list.ts';
import { deskUserRemove } from './desk-user-remove.ts';
import { helpText, usageText } from './help.ts';
import { sessionsExport } from './sessions-export.ts';
import { sessionsList } from './sessions-list.ts';
import { sessionsShow } from './sessions-show.ts';

/** 0: done. 1: it can't be done. 2: it wasn't asked for in a way that can be understood. */
export type ExitCode = 0 | 1 | 2;

/** Every command, in the order of the help. */
const commands: readonly Command[] = [
  connectorAdd,
  connectorList,
  connectorRotate,
  connectorCallToken,
  connectorRemove,
  sessionsList,
  sessionsShow,
  sessionsExport,
  callsList,
  callsShow,
  deskUserAdd,
  deskUserList,
  deskUserRemove,
  deliveriesList,
  deliveriesShow,
  deliveriesReplay,
  configCheck,
];

/** Runs `parley` with these arguments. Problems go to `complain`, everything else to `world.print`. */
export async function runCli(
  args: readonly string[],
  { world, complain }: { world: World; complain: (text: string) => void },
): Promise<ExitCode> {
  const words = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  const asksForHelp = words.some((word) => word === '--help' || word === '-h');
  if (command && asksForHelp) return printed(world, usageText(command));
  if (command) return runCommand(command, words.slice(command.name.split(' ').length), { world, complain });
  const [group = '', verb = ''] = words;
  const related = commands.filter(({ name }) => name.startsWith(`${group} `));
  const text = helpText(related.length > 0 ? related : commands);
  if (asksForHelp) return printed(world, text);
  if (group) complain(`There is no command "${[group, verb].join(' ').trim()}".\n`);
  complain(text);
  return 2;
}

async function runCommand(
  command: Command,
  args: string[],
  { world, complain }: { world: World; complain: (text: string) => void },
): Promise<ExitCode> {
  try {
    await command.run(args, world);
    return 0;
  } catch (error) {
    if (error instanceof Refusal || error instanceof StoreError) {
      complain(error.message);
      return 1;
    }
    if (!isUsageError(error)) throw error;
    complain(`${error.message}\n\n${usageText(command)}`);
    return 2;
  }
}

function isUsageError(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS_');
}

async function printed(world: World, text: string): Promise<ExitCode> {
  await world.print(text);
  return 0;
}
