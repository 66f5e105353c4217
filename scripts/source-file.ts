// Source files as the architecture test sees them: where they are, what they import, their code without comments.
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One import, re-export, dynamic import or worker URL. */
export interface Import {
  /** As written: `../kit/index.ts`, `@parley/protocol`, `node:fs`. */
  specifier: string;
  /** The file it leads to, as a path in the repository; undefined for a package that isn't ours. */
  target: string | undefined;
  /** True for `import type` and `export type`: nothing is left of it at run time. */
  typeOnly: boolean;
}

/** A source file; `path` is relative to the repository, with forward slashes. */
export interface SourceFile {
  path: string;
  imports: Import[];
  /** The text without comments and with empty strings, so that words in it are code. */
  code: string;
}

/** Reads every TypeScript file under the given folders of the repository; folders that don't exist hold none. */
export function readSources(root: string, folders: string[]): SourceFile[] {
  const patterns = folders.map((folder) => `${folder}/**/*.{ts,tsx}`);
  const exclude = (path: string): boolean => /(^|\/)(node_modules|dist|\.tsc)(\/|$)/.test(path);
  return globSync(patterns, { cwd: root, exclude })
    .filter((path) => !exclude(path))
    .map((path) => sourceFile(path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')));
}

/** Builds a source file from its path and text. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, imports: findImports(path, text), code: stripCommentsAndStrings(text) };
}

// The formatter puts each of these at the start of a line, so text in comments and strings doesn't match.
const statement = /^\s*(?:import|export)\s+(type\s)?[\w$\s{},*]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const sideEffect = /^\s*import\s*['"]([^'"]+)['"]/gm;
const call = /\b(?:import|require|require\.resolve)\s*\(\s*['"`]([^'"`]+)['"`]/g;
const workerUrl = /\bnew URL\(\s*['"`](\.[^'"`]*\.tsx?)['"`]/g;

function findImports(path: string, text: string): Import[] {
  const statements = [...text.matchAll(statement)].map(([, type, specifier]) => ({
    specifier: specifier ?? '',
    typeOnly: type !== undefined,
  }));
  const others = [sideEffect, call, workerUrl]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(([, specifier]) => ({ specifier: specifier ?? '', typeOnly: false }));
  return [...statements, ...others].map((found) => ({ ...found, target: resolve(path, found.specifier) }));
}

function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  const [, name, inside] = /^@parley\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  return name && `packages/${name}/${inside ?? 'src/index.ts'}`;
}

function stripCommentsAndStrings(text: string): string {
  const commentOrString = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
  return text.replace(commentOrString, (match) => (match.startsWith('/') ? ' ' : "''"));
}
