/** A figure for people: whole from 100 on, else three digits. */
export const figure = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return '';
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Math.abs(value) >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
};

/** Rows of cells in columns as wide as their widest; the columns named stand left, the others right. */
export const columns = (rows: readonly (readonly string[])[], left: ReadonlySet<number>): string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (left.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

/** A Markdown table; the first row is its head, and the columns named stand left. */
export const markdown = (rows: readonly (readonly string[])[], left: ReadonlySet<number>): string => {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (left.has(i) ? '---' : '---:')).join('|')}|`, ...body.map(line)].join(
    '\n',
  );
};
