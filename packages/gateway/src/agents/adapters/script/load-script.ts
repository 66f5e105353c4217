// Scripts from files.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseScript, type Script, ScriptError } from './script.ts';

/** Reads and checks a script file. Throws {@link ScriptError}, also when the file can't be read. */
export function loadScript(file: string | URL): Script {
  const name = basename(file instanceof URL ? file.pathname : file);
  return parseScript(readText(file, name), name);
}

function readText(file: string | URL, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ScriptError(name, [`the file can't be read (${reason})`]);
  }
}
