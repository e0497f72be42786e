import type { Listed, Scanned } from '../../core/ledger/ledger.ts';
import { entryFields } from '../explain/entry-json.ts';
import { csvLines } from '../output/csv-lines.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';

/** How the list can be written. */
export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** An entry with its evidence, as it is written. */
export type WholeEntry = Pick<Extract<Scanned, { readonly kind: 'entry' }>, 'entry' | 'standing' | 'updatedAt'>;

const COLUMNS = ['address', 'scope', 'status', 'reason', 'since', 'until', 'updatedAt'] as const;

const cells = ({ address, scope, status, reason, since, until, updatedAt }: Listed): string[] => [
  address,
  scope,
  status,
  reason ?? '',
  isoOrNull(since) ?? '',
  isoOrNull(until) ?? '',
  updatedAt,
];

/** What comes before the first entry. */
export const exportHead = (format: ExportFormat): string => (format === 'csv' ? csvLines([COLUMNS]) : '');

/** Entries as lines of CSV: what they mean. */
export const csvOf = (entries: readonly Listed[]): string => csvLines(entries.map(cells));

/** Entries as lines of NDJSON: all they know. */
export const ndjsonOf = (entries: readonly WholeEntry[]): string =>
  entries.map((each) => jsonLine({ ...entryFields(each), updatedAt: each.updatedAt })).join('');

const listed = ({ entry: { address, scope }, standing, updatedAt }: WholeEntry): Listed => ({
  address,
  scope,
  ...standing,
  updatedAt,
});

/** Entries in a format: CSV has what they mean, NDJSON all they know. */
export const exportLines = (format: ExportFormat, entries: readonly WholeEntry[]): string =>
  format === 'csv' ? csvOf(entries.map(listed)) : ndjsonOf(entries);
