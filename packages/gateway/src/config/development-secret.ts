// The signing secret of a development machine: made once and kept, so that tokens survive restarts.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The secret kept in the file, made if need be. Throws what the file system throws. */
export function keepDevelopmentSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  try {
    // `wx`: of two processes that start at the same moment, the second reads what the first wrote.
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
