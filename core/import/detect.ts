import { fail, ok, type Problem, type Result } from '../result.ts';
import { quote, shownText } from '../text.ts';
import { type Columns, columnKey, type Row } from './columns.ts';
import { FORMATS, type Format, type Provider } from './formats.ts';
import type { ImportReason, Meaning } from './reason-words.ts';
import { meaningOf } from './reason-words.ts';

/** How the rows of one file are read. */
export interface Reading {
  /** Whose file it is; part of the ids of what is learnt. */
  readonly provider: Provider | 'other';
  /** As people are told: `sendgrid bounces`. */
  readonly name: string;
  readonly columns: Columns;
  readonly meaning: Meaning | ((row: Row) => Meaning | undefined);
}

/** What the person said of the file. */
export interface Told {
  readonly from?: Provider;
  /** The name of the file; providers' names tell apart what has the same columns. */
  readonly fileName?: string;
  /** Why every row is there. */
  readonly reason?: ImportReason;
  /** Which column says what, as the person names them. */
  readonly map?: Columns;
}

export type DetectCode = 'UnknownColumns' | 'AmbiguousFile' | 'AmbiguousColumn' | 'NoSuchColumn' | 'ReasonNeeded';

export interface DetectProblem extends Problem<DetectCode> {
  readonly remedy: string;
}

const REASON_REMEDY =
  'Give --reason hard-bounce, complaint, unsubscribe (with --scope) or manual; or --map reason=COLUMN.';

const problem = (code: DetectCode, message: string, remedy: string): Result<never, DetectProblem> =>
  fail({ code, message, remedy });

const shown = (names: readonly string[]): string => names.map((name) => shownText(name, 40)).join(', ');

const mapped = (map: Columns, names: readonly string[], told: Told): Result<Reading, DetectProblem> => {
  const known = new Set(names.map(columnKey));
  const keys: Record<string, string> = {};
  for (const [field, column] of Object.entries(map)) {
    const key = columnKey(column);
    if (!known.has(key))
      return problem('NoSuchColumn', `there is no column ${quote(column)}`, `There are: ${shown(names)}.`);
    keys[field] = key;
  }
  const columns = { ...keys, address: keys.address ?? '' };
  const { reason: column = '' } = columns as Columns;
  if (told.reason === undefined && column === '')
    return problem('ReasonNeeded', 'nothing says why these addresses are not to be mailed', REASON_REMEDY);
  return ok({
    provider: told.from ?? 'other',
    name: 'columns as mapped',
    columns,
    meaning: told.reason ?? ((row) => meaningOf(row[column] ?? '')),
  });
};

const fits = (format: Format, keys: ReadonlySet<string>, { from, fileName = '' }: Told): boolean => {
  if (!format.needs.every((need) => keys.has(need))) return false;
  if (from === undefined && format.onlyByName && !format.fileName?.test(fileName)) return false;
  if (from !== undefined) return format.provider === from;
  const known = new Set([...format.needs, ...format.may]);
  return [...keys].every((key) => known.has(key));
};

/** The formats that need most: `--from` allows further columns, and a list of bounces has those of a plain list too. */
const closest = (found: readonly Format[]): readonly Format[] => {
  const most = Math.max(0, ...found.map(({ needs }) => needs.length));
  return found.filter(({ needs }) => needs.length === most);
};

const byFileName = (found: readonly Format[], fileName: string): readonly Format[] => {
  const named = found.filter((format) => format.fileName?.test(fileName));
  return named.length > 0 ? named : found;
};

const readingOf = (format: Format, { reason }: Told): Reading => ({
  provider: format.provider,
  name: `${format.provider} ${format.what}`,
  columns: format.columns,
  meaning: reason ?? format.meaning,
});

/**
 * Says how to read a file, by its columns, its name and what the person told.
 *
 * @param names - of the columns, as the file has them; `1`, `2` … where it has no head
 * @returns a reading, or why there is none and what to do about it
 * @example detect(['EmailAddress', 'SuppressionReason', 'Origin', 'CreatedAt'], {}) // postmark suppressions
 */
export const detect = (names: readonly string[], told: Told): Result<Reading, DetectProblem> => {
  const reading = readingFor(names, told);
  return reading.ok ? withoutTwins(reading.value, names) : reading;
};

/** A reading that takes each column for the only one of its name: of two, one would win by chance. */
const withoutTwins = (reading: Reading, names: readonly string[]): Result<Reading, DetectProblem> => {
  for (const key of Object.values(reading.columns)) {
    const twins = names.filter((name) => columnKey(name) === key);
    if (twins.length > 1)
      return problem(
        'AmbiguousColumn',
        `these columns have the same name: ${shown(twins)}`,
        'Rename or delete all of them but one.',
      );
  }
  return ok(reading);
};

const readingFor = (names: readonly string[], told: Told): Result<Reading, DetectProblem> => {
  if (told.map !== undefined) return mapped(told.map, names, told);
  const keys = new Set(names.map(columnKey));
  const found = closest(FORMATS.filter((format) => fits(format, keys, told)));
  const [first, ...others] = byFileName(found, told.fileName ?? '');
  if (first === undefined) {
    const whose = told.from === undefined ? 'no file known by its columns' : `no file of ${told.from} that is known`;
    return problem(
      'UnknownColumns',
      `${whose} has these: ${shown(names)}`,
      'Say whose file it is (--from), or which column is what, such as --map address=Email,at="Created At",reason=Type, or --reason in place of a column.',
    );
  }
  if (others.length > 0 && told.reason === undefined)
    return problem(
      'AmbiguousFile',
      `these columns may be ${[first, ...others].map(({ provider, what }) => `${provider} ${what}`).join(' or ')}`,
      'Say which with --reason: hard-bounce for bounces, complaint for spam reports, unsubscribe (with --scope) for unsubscribes; blocks are no suppressions. A file under the name the provider gave it is known.',
    );
  return ok(readingOf(first, told));
};
