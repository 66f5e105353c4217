// Rows as aligned text, with the names of their members above.

/** What a row may hold: null shows as `-`, a list as its elements. */
export type Cell = string | number | null | readonly string[];

/** The members of a row that have these names, in their order; null for what it lacks. */
export function columns(row: Record<string, Cell>, names: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}

/** A line per row, and one before them. Nothing without rows. */
export function table(rows: readonly Record<string, Cell>[]): string[] {
  const [first] = rows;
  if (!first) return [];
  const names = Object.keys(first);
  const cells = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cell(value: Cell | undefined): string {
  const text = typeof value === 'object' ? value?.join(' ') : String(value);
  return text || '-';
}
