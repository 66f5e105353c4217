// Reads a YAML file so that what is wrong with it can be told with its line.
import { basename } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { isObject, type Path, type RawObject } from './raw.ts';
import { readText } from './read-text.ts';

/** What a file says, and on which line it says it. */
export interface YamlFile {
  raw: RawObject;
  /** The line (from 1) of a place, or of what should hold it; undefined when neither is in the file. */
  lineOf(path: Path): number | undefined;
}

/** The file as plain data, or one line per problem. An empty file is an empty object. */
export function readYamlFile(path: string): YamlFile | { problems: string[] } {
  const read = readText(path);
  if ('problem' in read) return { problems: [read.problem] };
  const lines = new LineCounter();
  const document = parseDocument(read.text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const name = basename(path);
    return { problems: faults.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line}: ${message}`) };
  }
  const raw: unknown = document.toJS() ?? {};
  if (!isObject(raw)) return { problems: [`${basename(path)}: must consist of keys and values`] };
  return { raw, lineOf: (place) => lineOf(place, document, lines) };
}

function lineOf(path: Path, document: Document, lines: LineCounter): number | undefined {
  if (path.length === 0) return undefined;
  const node = document.getIn(path, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? lineOf(path.slice(0, -1), document, lines) : lines.linePos(start).line;
}
