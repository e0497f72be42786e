import type { Item } from '../../core/import/import-batch.ts';
import { CliError } from '../cli-error.ts';
import type { Bytes } from '../dependencies.ts';
import { Exit } from '../exit.ts';
import { decodedText } from '../input/text-lines.ts';
import { csvRows } from './csv-rows.ts';
import { jsonRows } from './json-file-rows.ts';

/** The rows of a file, and what its columns are called. */
export interface Rows {
  /** As people are told: `CSV`, `JSON`. */
  readonly form: string;
  readonly names: readonly string[];
  /** Whether its rows are whole entries of our own export. */
  readonly ownEntries: boolean;
  readonly items: AsyncIterable<Item>;
}

/** Characters that are looked at to see what a file is. */
const START = 65_536;

/**
 * Opens the rows of a file: CSV with any usual delimiter, JSON or NDJSON, in UTF-8 or, with a byte-order mark, UTF-16.
 *
 * @throws CliError `FileEmpty`
 */
export const openRows = async (bytes: Bytes): Promise<Rows> => {
  const text = decodedText(bytes)[Symbol.asyncIterator]();
  let start = '';
  for (let piece = await text.next(); !piece.done; piece = await text.next()) {
    start += piece.value;
    if (start.length >= START) break;
  }
  if (start.trim() === '') throw new CliError('FileEmpty', 'the file is empty', 'Give one with rows.', Exit.USAGE);
  const rest = { [Symbol.asyncIterator]: () => text };
  return /^\s*[[{]/.test(start) ? jsonRows(start, rest) : csvRows(start, rest);
};
