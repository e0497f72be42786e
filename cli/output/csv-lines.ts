import { stringify } from 'csv-stringify/sync';

/** A cell that looks as if it had been made safe already: one more mark keeps the way back exact. */
const MARKED = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Lines of CSV (RFC 4180) that a spreadsheet shows and never runs: a cell that begins with `=`, `+`, `-`, `@`, a tab or a
 * carriage return gets a `'` before it.
 *
 * @example csvLines([['=1+1', 'a,b']]) // `'=1+1,"a,b"\r\n`
 */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (MARKED.test(cell) ? `'${cell}` : cell))),
    { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );

/** A cell as it was before {@link csvLines} made it safe. */
export const withoutMark = (cell: string): string => (MARKED.test(cell) ? cell.slice(1) : cell);
