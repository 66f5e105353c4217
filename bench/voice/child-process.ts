// A part of the bench as a process of its own, which says what it has measured.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts `file` of this folder with arguments. */
export function startPart(
  file: string,
  args: readonly (number | string)[],
  nodeFlags: readonly string[] = [],
): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return fork(path, args.map(String), { execArgv: [...nodeFlags], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** The next thing a part says; rejects when it ends instead. */
export async function heard<Said>(part: ChildProcess): Promise<Said> {
  const quiet = new AbortController();
  const { signal } = quiet;
  try {
    const [said] = (await Promise.race([once(part, 'message', { signal }), ended(part, signal)])) as [Said];
    return said;
  } finally {
    quiet.abort();
  }
}

async function ended(part: ChildProcess, signal: AbortSignal): Promise<never> {
  const [code] = (await once(part, 'exit', { signal })) as [number | null];
  throw new Error(`a part of the bench ended with ${code}`);
}
