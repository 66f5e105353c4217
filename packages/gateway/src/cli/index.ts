// The door of the command line: everything `parley` does but start the server.
export type { World } from './command.ts';
export { Refusal } from './command.ts';
export { runCli } from './run-cli.ts';
