// What the environment says about the configuration: which of the two worlds it is, and keys that it sets itself.
import type { Environment } from './config.ts';
import type { Path, RawObject } from './raw.ts';
import type { Variables } from './variables.ts';

/** Variables that stand for a key of the file, and beat it. */
const overrides: Record<string, Path> = {
  HOST: ['server', 'host'],
  PORT: ['server', 'port'],
  DATABASE_URL: ['database', 'url'],
  REDIS_URL: ['redis', 'url'],
  LOG_LEVEL: ['log', 'level'],
};

/** What holds where neither the environment nor the file says anything, and the two worlds differ. */
export const worldDefaults: Record<Environment, RawObject> = {
  development: { demo: true, server: { host: '127.0.0.1' }, voice: { allowEcho: true, bindAddress: '127.0.0.1' } },
  production: { demo: false, server: { host: '0.0.0.0' }, voice: { allowEcho: false, bindAddress: '0.0.0.0' } },
};

/** `PARLEY_ENV`, development by default; undefined when it is something else. */
export function readEnvironment(variables: Variables): Environment | undefined {
  const value = variables.get('PARLEY_ENV') ?? 'development';
  return value === 'development' || value === 'production' ? value : undefined;
}

/** A key of the file that a variable sets. */
export interface Override {
  name: string;
  path: Path;
  value: string;
}

/** The keys that variables set. */
export function readOverrides(variables: Variables): Override[] {
  return Object.entries(overrides).flatMap(([name, path]) => {
    const value = variables.get(name);
    return value === undefined ? [] : [{ name, path, value }];
  });
}
