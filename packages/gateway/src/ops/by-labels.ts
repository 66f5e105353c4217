// Finds what belongs to a combination of labels without building anything for the common cases: none, or one.
import type { Labels } from '../kit/index.ts';

/** One `Value` per combination of label values, made when it is first asked for. */
export interface ByLabels<Value> {
  at(labels: Labels | undefined): Value;
  all(): Iterable<Value>;
}

/** `names`: the labels that count. A missing one is an empty text, as in Prometheus. */
export function byLabels<Value>(names: readonly string[], make: (labels: Labels) => Value): ByLabels<Value> {
  const values = new Map<string, Value>();
  const [only = ''] = names;
  const keyOf = (labels: Labels): string =>
    names.length <= 1 ? (labels[only] ?? '') : names.map((name) => labels[name] ?? '').join('\n');
  return {
    at(labels = {}) {
      const key = keyOf(labels);
      const known = values.get(key);
      if (known !== undefined) return known;
      const made = make(Object.fromEntries(names.map((name) => [name, labels[name] ?? ''])));
      values.set(key, made);
      return made;
    },
    all: () => values.values(),
  };
}
