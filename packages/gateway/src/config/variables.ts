// The environment's variables, also those whose value stands in a file (NAME_FILE), as orchestrators mount secrets.
import { resolve } from 'node:path';
import type { Problem } from './raw.ts';
import { readText } from './read-text.ts';

/** The environment as Node gives it. An empty variable counts as not set. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface Variables {
  /** The value of NAME, or what the file named by NAME_FILE holds. Undefined when neither is set or readable. */
  get(name: string): string | undefined;
  /** Files that could not be read, so far. */
  readonly problems: readonly Problem[];
}

/** Opens the environment; files are relative to `cwd`. */
export function openVariables(env: Env, cwd: string): Variables {
  const problems: Problem[] = [];

  function fromFile(name: string): string | undefined {
    const file = env[name];
    if (!file) return undefined;
    const read = readText(resolve(cwd, file));
    if ('text' in read) return read.text.trimEnd();
    problems.push({ path: [name], text: read.problem });
    return undefined;
  }

  return { get: (name) => env[name] || fromFile(`${name}_FILE`), problems };
}
