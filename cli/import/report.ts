import type { Tally } from '../../core/import/import-batch.ts';
import { type Cell, columns } from '../output/columns.ts';
import { jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { columnsOf, type ImportOptions, type OpenedImport } from './open-import.ts';

const REMEDIES: Readonly<Record<string, string>> = {
  AddressUnusable: 'not exactly one address',
  NoSuppression: 'soft bounces, blocks, deferrals or entries that only watch: the addresses may be good',
  ReasonUnknown: 'reasons that are not known; --reason says one for all rows',
  ReasonNotImportable: 'holds, which only an NDJSON export can bring',
  ScopeNeeded: 'unsubscribes; give --scope, such as --scope newsletter',
  ScopeUnusable: 'scopes that are none',
  TimeUnreadable: 'times that cannot be read',
  TimeInFuture: 'times that have not come yet',
  RaggedRow: 'more or fewer cells than columns',
  RowsInQuotes: 'cells that take in whole rows: a quote is not closed',
  NotJson: 'broken JSON',
  TooLong: 'too long',
  EntryUnreadable: 'entries that this version cannot read, in the file or in the table',
};

const number = (count: number): string => count.toLocaleString('en-US');

const kinds = (counts: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(counts).sort(([, a], [, b]) => b - a);

const lines = (rows: readonly Cell[][]): string =>
  rows.length === 0 ? '' : columns(rows.map((row) => [{ text: ' ' }, ...row]));

/** What an import did, for people. */
export const report = (
  tally: Tally,
  { dryRun, paint }: { readonly dryRun: boolean; readonly paint: Paint },
): string => {
  const { rows, written, unchanged, overruled, blockedAgain, rejected, byCode, byReason } = tally;
  const counts = `${number(written)} ${dryRun ? 'to write' : 'written'}, ${number(unchanged)} known already, ${number(rejected)} rejected`;
  const head = `${number(rows)} row${rows === 1 ? '' : 's'}: ${counts}${dryRun ? '. Nothing was written.' : ''}\n`;
  const taken = kinds(byReason).map(([kind, count]): Cell[] => {
    const [reason = '', scope = ''] = kind.split(' ');
    return [{ text: number(count), paint: paint.good }, { text: reason }, { text: printable(scope) }];
  });
  const refused = kinds(byCode).map(([code, count]): Cell[] => [
    { text: number(count), paint: paint.bad },
    { text: code },
    { text: REMEDIES[code] ?? '' },
  ]);
  const free =
    overruled === 0
      ? ''
      : `${number(overruled)} stay free: a person removed or allowed them later than these rows say.\n`;
  const again =
    blockedAgain === 0
      ? ''
      : `${number(blockedAgain)} ${dryRun ? 'would be' : 'are'} blocked again: a person removed or allowed them earlier than these rows say.\n`;
  return `${head}${lines(taken)}${refused.length === 0 ? '' : 'rejected:\n'}${lines(refused)}${free}${again}`;
};

/** The same as one line of JSON. */
export const summaryJson = (tally: Tally, opened: OpenedImport, { dryRun }: ImportOptions): string =>
  jsonLine({
    form: opened.rows.form,
    format: opened.reading.name,
    columns: columnsOf(opened),
    dryRun: dryRun === true,
    ...tally,
  });
