// People who answer at the desk of a local gateway, made by its command line as an operator makes them.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LocalGateway } from './local-gateway.ts';

const parley = fileURLToPath(new URL('../node_modules/.bin/parley', import.meta.url));

/** Somebody who can sign in. */
export interface DeskPersonOf {
  id: string;
  name: string;
  password: string;
}

/** Lets somebody sign in. The gateway may be running. */
export async function addDeskPerson(
  gateway: LocalGateway,
  { id, name }: { id: string; name: string },
): Promise<DeskPersonOf> {
  const args = [parley, 'desk-user', 'add', id, '--name', name, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: gateway.folder });
  const { password } = JSON.parse(stdout) as { password: string };
  return { id, name, password };
}
