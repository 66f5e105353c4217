// The rules of the architecture test. Each takes source files and returns one line per violation.
import { basename } from 'node:path/posix';
import type { Import, SourceFile } from './source-file.ts';

/** Who may import whom: a place (a package, or a room of the gateway) and the places open to it. */
export type Arrows = Record<string, string[]>;

/** Packages that aren't ours, and the path prefixes of the files that may import them. */
export type PackageHomes = Record<string, string[]>;

/** Imports between places that no arrow allows, and files that belong to no known place. */
export function forbiddenArrows(files: SourceFile[], arrows: Arrows, typeArrows: Arrows): string[] {
  const strangers = files.filter((file) => !arrows[placeOf(file.path)]).map((file) => `${file.path}: no such room`);
  const crossings = importsBetweenPlaces(files).filter(({ from, to, found }) => {
    const open = [...(arrows[from] ?? []), ...(found.typeOnly ? (typeArrows[from] ?? []) : [])];
    return !open.includes(to);
  });
  return [
    ...strangers,
    ...crossings.map(({ file, found, to }) => `${file.path}: may not import ${to} (${found.specifier})`),
  ];
}

/** Imports of another place that don't go through its door, or that name another package otherwise than `@parley/x`. */
export function pathsPastDoors(files: SourceFile[]): string[] {
  return importsBetweenPlaces(files)
    .filter(({ file, found, target }) => {
      const leavesPackage = packageOf(file.path) !== packageOf(target);
      return !isDoor(target) || (leavesPackage && !/^@parley\/[^/]+$/.test(found.specifier));
    })
    .map(({ file, found }) => `${file.path}: goes past a door (${found.specifier})`);
}

/** Imports of packages outside their homes. Adapters and tests may use any package; benchmarks too. */
export function homelessPackages(files: SourceFile[], homes: PackageHomes): string[] {
  return files
    .filter((file) => file.path.startsWith('packages/') && !isTest(file.path) && !adapterOf(file.path))
    .flatMap((file) =>
      file.imports
        .filter((found) => found.target === undefined)
        .filter((found) => !homes[packageName(found.specifier)]?.some((home) => file.path.startsWith(home)))
        .map((found) => `${file.path}: ${found.specifier} has no home here`),
    );
}

/**
 * JSON read or written by hand outside its homes (path prefixes, by what they have it for). Adapters speak with their
 * vendors in it, and tests with us.
 */
export function homelessJson(files: SourceFile[], homes: Record<string, string[]>): string[] {
  const allowed = Object.values(homes).flat();
  return files
    .filter((file) => file.path.startsWith('packages/') && !isTest(file.path) && !adapterOf(file.path))
    .filter((file) => !allowed.some((home) => file.path.startsWith(home)))
    .filter((file) => /\bJSON\s*\.\s*(?:parse|stringify)\b|\.json\(\)/.test(file.code))
    .map((file) => `${file.path}: JSON by hand has no home here`);
}

/** Adapters known to anyone but themselves, their room's door and factories (`create-*.ts`), and tests. */
export function leakedAdapters(files: SourceFile[]): string[] {
  return eachImport(files)
    .filter(({ file, found }) => {
      const adapter = found.target && adapterOf(found.target);
      return adapter && adapter !== adapterOf(file.path) && !mayChoose(file.path) && !isTest(file.path);
    })
    .map(({ file, found }) => `${file.path}: may not know the adapter ${found.specifier}`);
}

/** Clocks, timers, randomness, waiting and I/O in `*.machine.ts`. */
export function impureMachines(files: SourceFile[]): string[] {
  const impure =
    /(?<![\w$.])(?:Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|crypto|fetch|process|globalThis|async|await)(?![\w$])|\bMath\s*\.\s*random\b/g;
  return files
    .filter((file) => file.path.endsWith('.machine.ts'))
    .flatMap((file) => [
      ...[...file.code.matchAll(impure)].map(([word]) => `${file.path}: a machine has no ${word}`),
      ...file.imports
        .filter((found) => found.specifier.startsWith('node:'))
        .map((found) => `${file.path}: a machine has no ${found.specifier}`),
    ]);
}

/** Reads of the environment outside the given files and folders (path prefixes). */
export function environmentReaders(files: SourceFile[], allowed: string[]): string[] {
  return files
    .filter((file) => !allowed.some((prefix) => file.path.startsWith(prefix)))
    .filter((file) => {
      const readsModule = file.imports.some((found) => /^(node:)?process$/.test(found.specifier));
      return (
        readsModule ||
        /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[|[{,]\s*env\b[^;]*\}\s*=\s*process\b/.test(file.code)
      );
    })
    .map((file) => `${file.path}: reads the environment`);
}

/** Import cycles between files, and between places. Type imports count: a cycle of ideas is a cycle. */
export function cycles(files: SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  const byFile = new Map<string, Set<string>>();
  const byPlace = new Map<string, Set<string>>();
  for (const { file, found } of eachImport(files)) {
    if (!found.target || !paths.has(found.target)) continue;
    addEdge(byFile, file.path, found.target);
    const [from, to] = [placeOf(file.path), placeOf(found.target)];
    if (from !== to && !isTest(file.path)) addEdge(byPlace, from, to);
  }
  return [...findCycles(byFile), ...findCycles(byPlace)];
}

/** Files not in kebab-case, and names that say nothing and attract everything. */
export function badNames(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => {
      const [stem = ''] = basename(path).split('.');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) || /^(utils?|helpers?|types|common|misc)$/.test(stem);
    })
    .map(({ path }) => `${path}: not a name for a file`);
}

// Whose file this is: a package, or within the gateway a room. The gateway's own top files are `gateway`.
function placeOf(path: string): string {
  const [, room] = /^packages\/gateway\/src\/([^/]+)\//.exec(path) ?? [];
  return room ?? packageOf(path);
}

function packageOf(path: string): string {
  return /^(?:packages\/)?([^/]+)\//.exec(path)?.[1] ?? path;
}

function isDoor(path: string): boolean {
  return /^packages\/(?:gateway\/src\/[^/]+|[^/]+\/src)\/index\.ts$/.test(path);
}

// Doors and factories of a room know its adapters, to pick one.
function mayChoose(path: string): boolean {
  return isDoor(path) || /^packages\/gateway\/src\/[^/]+\/create-[^/]+\.ts$/.test(path);
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/test\//.test(path);
}

// `agents/adapters/llm/tools.ts`, `agents/adapters/llm.ts` and `agents/adapters/llm.test.ts` are one adapter.
function adapterOf(path: string): string | undefined {
  return /^.*\/adapters\/[^/.]+/.exec(path)?.[0];
}

// `node:fs/promises` is `node:`, `@ai-sdk/openai/internal` is `@ai-sdk/openai`.
function packageName(specifier: string): string {
  return /^(node:|@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;
}

function eachImport(files: SourceFile[]): { file: SourceFile; found: Import }[] {
  return files.flatMap((file) => file.imports.map((found) => ({ file, found })));
}

interface Crossing {
  file: SourceFile;
  found: Import;
  from: string;
  to: string;
  target: string;
}

function importsBetweenPlaces(files: SourceFile[]): Crossing[] {
  return eachImport(files).flatMap(({ file, found }) => {
    if (found.target === undefined) return [];
    const [from, to] = [placeOf(file.path), placeOf(found.target)];
    return from === to ? [] : [{ file, found, from, to, target: found.target }];
  });
}

function addEdge(graph: Map<string, Set<string>>, from: string, to: string): void {
  graph.set(from, (graph.get(from) ?? new Set()).add(to));
}

function findCycles(graph: Map<string, Set<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): void => {
    const seenAt = trail.indexOf(node);
    if (seenAt >= 0) found.push(`cycle: ${[...trail.slice(seenAt), node].join(' -> ')}`);
    if (seenAt >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
