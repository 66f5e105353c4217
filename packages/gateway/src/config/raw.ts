// Configuration before it was checked: plain data from YAML and the environment, merged in layers.

/** A place in the configuration: keys and, in lists, positions. */
export type Path = readonly (string | number)[];

/** Something that is wrong, and where. */
export interface Problem {
  path: Path;
  text: string;
}

export type RawObject = Record<string, unknown>;

/** Whether a value is an object with keys (no list). */
export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two layers as one: objects are merged key by key, all else comes from above if it is there. */
export function layer(below: RawObject, above: RawObject): RawObject {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = below[key];
    merged[key] = isObject(under) && isObject(value) ? layer(under, value) : value;
  }
  return merged;
}

/** The value at a place; undefined where there is none. */
export function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as RawObject | null | undefined)?.[key], raw);
}

/** A copy with another value at a place. Objects that lead there are made; where something else is, it stays. */
export function replaceAt<Raw>(raw: Raw, path: Path, value: unknown): Raw {
  return replaced(raw, path, value) as Raw;
}

function replaced(raw: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = replaced(valueAt(raw, [key]), rest, value);
  if (Array.isArray(raw)) return raw.with(Number(key), inner);
  return raw === undefined || isObject(raw) ? { ...raw, [key]: inner } : raw;
}

/** `connectors[0].agent` */
export function pathText(path: Path): string {
  return path.map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth > 0 ? '.' : ''}${key}`)).join('');
}
