// Fills in what a configuration file leaves to its surroundings: ${NAME} from the environment, { file: path } from files.
import { resolve } from 'node:path';
import { isObject, type Path, type Problem, type RawObject } from './raw.ts';
import { readText } from './read-text.ts';
import type { Variables } from './variables.ts';

const REFERENCE = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** A configuration with everything filled in, and the places whose text came from variables. */
export interface Substituted {
  raw: RawObject;
  fromVariables: Path[];
  problems: Problem[];
}

/** Replaces references at any depth. `$${NAME}` stays as `${NAME}`. `folder`: what paths of files are relative to. */
export function substitute(
  raw: RawObject,
  surroundings: { variables: Pick<Variables, 'get'>; folder: string },
): Substituted {
  const fromVariables: Path[] = [];
  const problems: Problem[] = [];

  function fill(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return fillText(value, path);
    if (Array.isArray(value)) return value.map((element, index) => fill(element, [...path, index]));
    if (!isObject(value)) return value;
    const filled = fillMembers(value, path);
    const { file } = filled;
    return typeof file === 'string' && Object.keys(filled).length === 1 ? readSecret(file, path) : filled;
  }

  function fillMembers(value: RawObject, path: Path): RawObject {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, [...path, key])]));
  }

  function fillText(text: string, path: Path): string {
    return text.replace(REFERENCE, (reference, escape: string, name: string) => {
      if (escape) return reference.slice(1);
      const found = surroundings.variables.get(name);
      if (found === undefined) problems.push({ path, text: `the variable ${name} is not set` });
      fromVariables.push(path);
      return found ?? reference;
    });
  }

  function readSecret(file: string, path: Path): string | undefined {
    const read = readText(resolve(surroundings.folder, file));
    if ('text' in read) return read.text.trimEnd();
    problems.push({ path, text: read.problem });
    return undefined;
  }

  return { raw: fillMembers(raw, []), fromVariables, problems };
}
