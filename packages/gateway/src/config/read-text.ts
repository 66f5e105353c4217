// Reads the small files that a configuration consists of.
import { readFileSync } from 'node:fs';

/** The text of a file, or in plain words why there is none. */
export function readText(path: string): { text: string } | { problem: string } {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { problem: code === 'ENOENT' ? `there is no file ${path}` : `can't read ${path} (${code})` };
  }
}
