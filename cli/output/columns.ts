/** One cell: what it says, and how it is coloured once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = '  ';

/**
 * Rows in aligned columns, two spaces apart, nothing after the last cell of a row.
 *
 * @param widths - the least of each column; grows with longer cells, so that later rows can be aligned with these
 * @example columns([[{ text: 'a' }, { text: 'b' }], [{ text: 'long' }, { text: 'c' }]]) // 'a     b\nlong  c\n'
 */
export const columns = (rows: readonly (readonly Cell[])[], widths: number[] = []): string => {
  for (const row of rows)
    row.forEach(({ text }, i) => {
      widths[i] = Math.max(widths[i] ?? 0, text.length);
    });
  const line = (row: readonly Cell[]): string =>
    row
      .map(({ text, paint = (same) => same }, i) => {
        const space = i === row.length - 1 ? 0 : (widths[i] ?? 0) - text.length;
        return `${paint(text)}${' '.repeat(space)}`;
      })
      .join(GAP);
  return rows.map((row) => `${line(row)}\n`).join('');
};
