// Which secrets sign and verify access tokens.
import { resolve } from 'node:path';
import type { Environment } from './config.ts';
import { keepDevelopmentSecret } from './development-secret.ts';
import type { Path, Problem } from './raw.ts';
import type { Variables } from './variables.ts';

/** Where a development machine keeps the secret it made for itself, relative to the process's folder. */
const KEPT_SECRET = 'data/secret';
/** As many as HS256 has bytes of output (RFC 7518, section 3.2). Production demands it. */
const MIN_LENGTH = 32;

interface Surroundings {
  variables: Pick<Variables, 'get'>;
  environment: Environment;
  cwd: string;
  dryRun?: boolean;
}

/**
 * The file's secrets, with `PARLEY_SECRET` in front unless the file has it already (in an order of its own, then).
 * Development without any makes one and keeps it, unless it should only look.
 */
export function chooseSecrets(
  fromFile: readonly string[],
  { variables, environment, cwd, dryRun }: Surroundings,
): { secrets: string[]; problems: Problem[] } {
  const own = variables.get('PARLEY_SECRET');
  const secrets = own && !fromFile.includes(own) ? [own, ...fromFile] : [...fromFile];
  if (environment === 'production') return { secrets, problems: weaknesses(secrets, fromFile) };
  return secrets.length > 0 || dryRun ? { secrets, problems: [] } : keptSecret(resolve(cwd, KEPT_SECRET));
}

function weaknesses(secrets: readonly string[], fromFile: readonly string[]): Problem[] {
  if (secrets.length === 0) return [{ path: ['PARLEY_SECRET'], text: 'is missing (required in production)' }];
  const placeOf = (secret: string): Path => {
    const index = fromFile.indexOf(secret);
    return index < 0 ? ['PARLEY_SECRET'] : ['secrets', index];
  };
  return secrets
    .filter((secret) => secret.length < MIN_LENGTH)
    .map((secret) => ({ path: placeOf(secret), text: `must have ${MIN_LENGTH} characters or more in production` }));
}

function keptSecret(path: string): { secrets: string[]; problems: Problem[] } {
  try {
    return { secrets: [keepDevelopmentSecret(path)], problems: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const text = `is not set, and none can be kept in ${path} (${code})`;
    return { secrets: [], problems: [{ path: ['PARLEY_SECRET'], text }] };
  }
}
