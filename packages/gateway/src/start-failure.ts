// Why Parley could not start, in one line for whoever started it.
import { AgentOptionsError, ScriptError } from './agents/index.ts';
import type { Config } from './config/index.ts';
import { StoreError } from './store/index.ts';

/** The line. `server` is where it should have listened. */
export function startFailure(error: unknown, { host, port }: Config['server']): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by another program. Set PORT to use another one.`;
  if (code === 'EACCES') return `Port ${port} on ${host} may not be used by this user. Set PORT to use another one.`;
  if (code === 'EADDRNOTAVAIL') return `${host} is no address of this machine. Set HOST to one that is.`;
  const isForPeople = [AgentOptionsError, ScriptError, StoreError].some((kind) => error instanceof kind);
  if (isForPeople && error instanceof Error) return error.message;
  return `Parley could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
