// The door of the command line: everything `parley` does but start the server.
export type { OpenStore, World } from './command.ts';
export { Refusal } from './command.ts';
export type { ExitCode } from './run-cli.ts';
export { runCli } from './run-cli.ts';
