// An empty folder for each test, to read configurations in.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Config } from '../config.ts';
import { readConfig, type ConfigResult } from '../read-config.ts';
import type { Env } from '../variables.ts';

export interface ConfigFolder {
  /** The folder's path. */
  cwd: () => string;
  write: (name: string, text: string) => void;
  /** The configuration that this YAML (none: no file) gives in this environment. Throws what is wrong with it. */
  configOf: (yaml: string | undefined, env?: Env) => Config;
  /** What is wrong with it, line by line. */
  problemsOf: (yaml: string | undefined, env?: Env) => string[];
}

/** Gives every test of the file a folder of its own. */
export function configFolder(): ConfigFolder {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  function read(yaml: string | undefined, env: Env = {}): ConfigResult {
    if (yaml === undefined) return readConfig(env, { cwd: folder });
    write('parley.yaml', yaml);
    return readConfig({ ...env, PARLEY_CONFIG: 'parley.yaml' }, { cwd: folder });
  }

  return {
    cwd: () => folder,
    write,
    configOf(yaml, env) {
      const result = read(yaml, env);
      if ('problems' in result) throw new Error(result.problems.join('\n'));
      return result.config;
    },
    problemsOf(yaml, env) {
      const result = read(yaml, env);
      return 'problems' in result ? result.problems : [];
    },
  };
}
