import { finished } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { parseAddress } from '../../core/address/address.ts';
import { columnKey } from '../../core/import/columns.ts';
import type { Item } from '../../core/import/import-batch.ts';
import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import { Exit } from '../exit.ts';
import { withoutMark } from '../output/csv-lines.ts';
import type { Rows } from './rows.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Characters of one row. */
const LONGEST_ROW = 1_000_000;

/** The first line of a text, a line break within quotes not counted as its end. */
const firstLine = (text: string): string => {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '\n' && !quoted) return text.slice(0, at);
  }
  return text;
};

/**
 * The character between two cells: the one that the first line has most of.
 *
 * @example delimiterOf('address;reason\n') // ';'
 */
export const delimiterOf = (text: string): string => {
  const bare = firstLine(text.trimStart()).replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((each) => bare.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

interface Parsed {
  readonly record: readonly string[];
  /** The line it ends in, from 1. */
  readonly lines: number;
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);

const broken = (fault: unknown): unknown => {
  const { code, lines } = fault as { code?: string; lines?: number };
  if (code === undefined || !code.startsWith('CSV_')) return fault;
  const what = code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : `a row is broken (${code})`;
  return new CliError(
    'CsvBroken',
    `${what}, before or in line ${lines ?? '?'}`,
    'Mend the file there; the rows before it were taken, and taking them again is harmless.',
    Exit.USAGE,
    { cause: fault },
  );
};

/** Cells after the last column are nothing if they are empty. */
const fits = (cells: readonly string[], count: number): boolean =>
  cells.length === count || (cells.length > count && cells.slice(count).every((cell) => cell.trim() === ''));

/** One address and nothing else, as lists have it in a cell. */
const isBareAddress = (text: string): boolean => text.includes('@') && !/\s/.test(text) && parseAddress(text).ok;

/**
 * A line within a cell that looks like rows: a quote that somebody forgot to close goes on to the next one, and what is
 * between them would be lost without a word.
 */
const swallowedBy = (cells: readonly string[], delimiter: string): string | undefined =>
  cells
    .filter((cell) => cell.includes('\n'))
    .flatMap((cell) => cell.split('\n'))
    .find((line) => line.includes(delimiter) && line.split(delimiter).some((part) => isBareAddress(part.trim())));

const itemOf = (
  cells: readonly string[],
  { keys, delimiter }: { readonly keys: readonly string[]; readonly delimiter: string },
  lines: number,
): Item => {
  const line = lines - breaksIn(cells);
  const raw = (): string => stringify([[...cells]]).trimEnd();
  const swallowed = swallowedBy(cells, delimiter);
  if (swallowed !== undefined) {
    const message = `a quote that opens in it takes in rows: ${quote(swallowed)}; close it, or double every quote within a cell`;
    return { kind: 'problem', line, raw, problem: { code: 'RowsInQuotes', message } };
  }
  if (!fits(cells, keys.length)) {
    const message = `it has ${cells.length} cells and the file ${keys.length} columns; a comma in a cell needs quotes around the cell`;
    return { kind: 'problem', line, raw, problem: { code: 'RaggedRow', message } };
  }
  const row: Record<string, string> = {};
  keys.forEach((key, i) => {
    row[key] = withoutMark(cells[i] ?? '');
  });
  return { kind: 'row', line, raw, row };
};

const hasAddress = (cells: readonly string[]): boolean => cells.some((cell) => parseAddress(cell.trim()).ok);

/** The same text with every line ended alike: a file that two programs wrote ends them in two ways. */
async function* evenLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of text) {
    const all = held + piece;
    held = all.endsWith('\r') ? '\r' : '';
    yield all.slice(0, all.length - held.length).replaceAll('\r\n', '\n');
  }
  yield held;
}

/**
 * Records of CSV while it arrives.
 *
 * @throws CliError `CsvBroken`, once every record before the break has come
 */
async function* parsed(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Parsed> {
  const found: Parsed[] = [];
  let fault: unknown;
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record: (record: readonly string[], { lines }) => {
      found.push({ record, lines });
      return null;
    },
  });
  parser.on('error', (error) => {
    fault ??= error;
  });
  parser.resume();
  const settled = (work: (done: () => void) => void): Promise<void> => new Promise((done) => work(() => done()));
  for await (const piece of text) {
    await settled((done) => parser.write(piece, done));
    yield* found.splice(0);
    if (fault !== undefined) throw broken(fault);
  }
  await settled((done) => {
    finished(parser, done);
    parser.end();
  });
  yield* found.splice(0);
  if (fault !== undefined) throw broken(fault);
}

/**
 * Rows of CSV while it arrives (RFC 4180; quotes in the middle of a cell are taken as they are).
 *
 * @param start - the beginning of the text, which `rest` goes on
 * @throws CliError `CsvBroken` where a quote never ends; the rows before came
 */
export const csvRows = async (start: string, rest: AsyncIterable<string>): Promise<Rows> => {
  const delimiter = delimiterOf(start);
  const text = async function* (): AsyncGenerator<string> {
    yield start;
    yield* rest;
  };
  const records = parsed(start.includes('\n') ? evenLines(text()) : text(), delimiter);
  const next = async (): Promise<Parsed | undefined> => {
    const { done, value } = await records.next();
    return done ? undefined : value;
  };
  const first = await next();
  const cells = first?.record ?? [];
  const headless = hasAddress(cells);
  const names = headless ? cells.map((_, i) => String(i + 1)) : cells.map((cell) => cell.trim());
  const shape = { keys: names.map(columnKey), delimiter };
  const items = async function* (): AsyncGenerator<Item> {
    if (headless && first !== undefined) yield itemOf(cells, shape, first.lines);
    for (let each = await next(); each !== undefined; each = await next()) yield itemOf(each.record, shape, each.lines);
  };
  return { form: headless ? 'CSV without a head' : 'CSV', names, ownEntries: false, items: items() };
};
