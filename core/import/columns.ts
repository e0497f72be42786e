/** What a row says, by the keys of its columns. */
export type Row = Readonly<Record<string, string>>;

/** Which column says what, by their keys. */
export interface Columns {
  readonly address: string;
  readonly reason?: string;
  readonly at?: string;
  readonly note?: string;
  /** The enhanced status code. */
  readonly status?: string;
  readonly scope?: string;
}

/** The fields a column may be mapped to. */
export const FIELDS = ['address', 'reason', 'at', 'note', 'status', 'scope'] as const;

/**
 * The key of a column: its letters and digits in lower case, because exports and APIs of one provider name the same thing
 * `Created At`, `created_at` and `CreatedAt`.
 *
 * @example columnKey('Created At') // 'createdat'
 */
export const columnKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
