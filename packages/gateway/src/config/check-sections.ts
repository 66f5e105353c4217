// Checks raw configuration against the schema of all sections.
import { sectionsSchema, type Sections } from './config.ts';
import { pathText, replaceAt, valueAt, type Path, type Problem } from './raw.ts';
import { problemsOf, wording } from './wording.ts';

/**
 * The sections with their defaults, or what is wrong. `written`: places whose text comes from variables, which know
 * nothing but text; where the schema asks for a number or a truth value there, the text is read as one.
 */
export function checkSections(
  raw: unknown,
  written: readonly Path[],
): { sections: Sections } | { problems: Problem[] } {
  const first = sectionsSchema.safeParse(raw, { error: wording });
  if (first.success) return { sections: first.data };
  const places = new Set(written.map(pathText));
  const mistyped = first.error.issues
    .filter(({ code, path }) => code === 'invalid_type' && places.has(pathText(path as Path)))
    .map(({ path }) => path as Path);
  const retyped = mistyped.reduce((tree, path) => replaceAt(tree, path, readValue(valueAt(tree, path))), raw);
  const second = sectionsSchema.safeParse(retyped, { error: wording });
  return second.success ? { sections: second.data } : { problems: problemsOf(second.error) };
}

function readValue(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
