import type { Scanned } from '../../core/ledger/ledger.ts';
import { entryFields } from '../explain/entry-json.ts';
import { csvLines } from '../output/csv-lines.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';

/** How the list can be written. */
export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** An entry that was read. */
export type Whole = Extract<Scanned, { readonly kind: 'entry' }>;

const COLUMNS = ['address', 'scope', 'status', 'reason', 'since', 'until', 'updatedAt'] as const;

const cells = ({ entry, standing, updatedAt }: Whole): string[] => [
  entry.address,
  entry.scope,
  standing.status,
  standing.reason ?? '',
  isoOrNull(standing.since) ?? '',
  isoOrNull(standing.until) ?? '',
  updatedAt,
];

/** What comes before the first entry. */
export const exportHead = (format: ExportFormat): string => (format === 'csv' ? csvLines([COLUMNS]) : '');

/** Entries in a format: CSV has what they mean, NDJSON all they know. */
export const exportLines = (format: ExportFormat, entries: readonly Whole[]): string =>
  format === 'csv'
    ? csvLines(entries.map(cells))
    : entries.map((each) => jsonLine({ ...entryFields(each), updatedAt: each.updatedAt })).join('');
