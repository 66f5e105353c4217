// Reads the configuration: environment beats file beats default. Whatever is wrong with it is told at once.
import { dirname, resolve } from 'node:path';
import { checkSections } from './check-sections.ts';
import type { Config, Environment, Sections } from './config.ts';
import { findConflicts } from './conflicts.ts';
import { addDemo } from './demo.ts';
import { readEnvironment, readOverrides, worldDefaults, type Override } from './environment.ts';
import { layer, pathText, replaceAt, type Problem, type RawObject } from './raw.ts';
import { danglingReferences } from './references.ts';
import { chooseSecrets } from './secrets.ts';
import { settleSections } from './settle-sections.ts';
import { substitute } from './substitute.ts';
import { openVariables, type Env, type Variables } from './variables.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** A configuration that holds together, or one line for each thing that keeps it from doing so. */
export type ConfigResult = { config: Config } | { problems: string[] };

export interface ReadConfigOptions {
  /** What relative paths are relative to, but for those of scripts, certificates and secrets that the file names. */
  cwd: string;
  /** Path of the file, in place of the one that `PARLEY_CONFIG` names. */
  file?: string;
  /** Only look: write no secret. */
  dryRun?: boolean;
}

/** Reads the environment, and the file if there is one. */
export function readConfig(env: Env, options: ReadConfigOptions): ConfigResult {
  const variables = openVariables(env, options.cwd);
  const environment = readEnvironment(variables);
  if (!environment) return { problems: ['PARLEY_ENV: must be development or production'] };
  const named = options.file ?? variables.get('PARLEY_CONFIG');
  const path = named && resolve(options.cwd, named);
  const file = path ? readYamlFile(path) : noFile;
  if ('problems' in file) return file;
  const folder = path ? dirname(path) : options.cwd;
  return checkFile(file, { ...options, folder, variables, environment });
}

const noFile: YamlFile = { raw: {}, lineOf: () => undefined };

interface Reading extends ReadConfigOptions {
  folder: string;
  variables: Variables;
  environment: Environment;
}

function checkFile(file: YamlFile, reading: Reading): ConfigResult {
  const filled = substitute(file.raw, reading);
  const overrides = readOverrides(reading.variables);
  const raw = inLayers(filled.raw, overrides, reading.environment);
  const checked = checkSections(raw, [...filled.fromVariables, ...overrides.map(({ path }) => path)]);
  const completed = 'sections' in checked ? complete(checked.sections, reading) : checked;
  const problems = [
    ...reading.variables.problems,
    ...filled.problems,
    ...danglingReferences(raw),
    ...('problems' in completed ? completed.problems : []),
  ];
  if (problems.length === 0 && 'config' in completed) return completed;
  return { problems: problemLines(problems, { file, overrides }) };
}

/** The environment's keys over the file's over what the world has by default, and the demo besides. */
function inLayers(fromFile: RawObject, overrides: readonly Override[], environment: Environment): RawObject {
  const layered = layer(worldDefaults[environment], fromFile);
  const raw = overrides.reduce((tree, { path, value }) => replaceAt(tree, path, value), layered);
  if (environment === 'development') return raw['demo'] === true ? addDemo(raw) : raw;
  // A file may serve both worlds; production has no demo, whatever the file says.
  return raw['demo'] === true ? { ...raw, demo: false } : raw;
}

function complete(sections: Sections, reading: Reading): { config: Config } | { problems: Problem[] } {
  const { variables, folder, cwd, environment } = reading;
  const { secrets, problems } = chooseSecrets(sections.secrets, reading);
  const openai = { apiKey: variables.get('OPENAI_API_KEY'), baseUrl: variables.get('OPENAI_BASE_URL') };
  settleSections(sections, { folder, cwd, openai });
  const config: Config = { ...sections, environment, secrets };
  const all = [...problems, ...findConflicts(config)];
  return all.length > 0 ? { problems: all } : { config };
}

/** One line per place: its first problem. Places are told as whoever set them knows them. */
function problemLines(
  problems: readonly Problem[],
  { file, overrides }: { file: YamlFile; overrides: readonly Override[] },
): string[] {
  const lines = new Map<string, string>();
  for (const { path, text } of problems) {
    const place = pathText(path);
    const variable = overrides.find((override) => pathText(override.path) === place)?.name;
    const line = variable ? undefined : file.lineOf(path);
    const told = `${variable ?? place}: ${text}${line === undefined ? '' : ` (line ${line})`}`;
    if (!lines.has(place)) lines.set(place, told);
  }
  return [...lines.values()];
}
