// JSON that models and their servers have written, which may be none.

/** The value of a text; undefined when it isn't JSON. Never throws. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
