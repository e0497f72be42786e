import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { type Columns, columnKey } from '../../core/import/columns.ts';
import { detect, type Reading } from '../../core/import/detect.ts';
import type { Provider } from '../../core/import/formats.ts';
import { OWN_ENTRIES } from '../../core/import/import-batch.ts';
import type { ImportReason } from '../../core/import/reason-words.ts';
import type { Settings } from '../../core/import/row-facts.ts';
import type { Instant } from '../../core/instant.ts';
import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import type { Bytes, Dependencies } from '../dependencies.ts';
import { Exit } from '../exit.ts';
import type { FileInfo } from '../files.ts';
import { readFault } from '../input/read-fault.ts';
import { openRows, type Rows } from './rows.ts';

/** What the options say of an import. */
export interface ImportOptions {
  readonly from?: Provider;
  readonly map?: Columns;
  readonly scope?: string;
  readonly reason?: ImportReason;
  /** The time of rows without one. */
  readonly at?: Instant;
  readonly dryRun?: true;
  readonly rejects?: string;
  readonly resume?: string;
}

/** A file that was opened, and how it will be read. */
export interface OpenedImport {
  readonly rows: Rows;
  readonly reading: Reading;
  readonly settings: Settings;
  /** Whether rows without a time got that of the file. */
  readonly timeOfFile: boolean;
  readonly fingerprint: string;
  readonly info: FileInfo | undefined;
  /** Bytes read so far. */
  readonly bytesRead: () => number;
}

const STDIN = '-';

const read = (path: string, deps: Dependencies): Bytes => (path === STDIN ? deps.stdin() : deps.openFile(path));

async function* counted(path: string, bytes: Bytes, count: (more: number) => void): Bytes {
  try {
    for await (const piece of bytes) {
      count(piece.length);
      yield piece;
    }
  } catch (fault) {
    throw fault instanceof CliError ? fault : readFault(path, fault);
  }
}

const usage = (code: string, message: string, remedy: string): CliError =>
  new CliError(code, message, remedy, Exit.USAGE);

const readingOf = (rows: Rows, path: string, options: ImportOptions): Reading => {
  if (rows.ownEntries && options.map === undefined) return OWN_ENTRIES;
  const { from, map, reason } = options;
  const found = detect(rows.names, {
    fileName: basename(path),
    ...(from === undefined ? {} : { from }),
    ...(map === undefined ? {} : { map }),
    ...(reason === undefined ? {} : { reason }),
  });
  if (found.ok) return found.value;
  throw usage(found.error.code, found.error.message, found.error.remedy);
};

/** Whether the file has a column of times at all. */
const isDated = ({ columns: { at } }: Reading, { names, ownEntries }: Rows): boolean =>
  ownEntries || (at !== undefined && names.some((name) => columnKey(name) === at));

const undatedAt = (options: ImportOptions, info: FileInfo | undefined, dated: boolean, now: Instant): Instant => {
  const at = options.at ?? info?.modifiedAt;
  if (at !== undefined) return Math.min(at, now);
  if (dated) return 0;
  throw usage(
    'TimeNeeded',
    'these rows have no time, and standard input has none either',
    'Say since when they are known, such as --at 2026-11-20: whoever is removed later than that stays removed.',
  );
};

/** What is written must not lie where something is read or written already. */
const checkFiles = (path: string, { rejects, resume }: ImportOptions): void => {
  const taken = [...(path === STDIN ? [] : [path]), rejects, resume].flatMap((each) =>
    each === undefined ? [] : [resolve(each)],
  );
  const twice = taken.find((each, i) => taken.indexOf(each) !== i);
  if (twice !== undefined)
    throw usage(
      'SameFile',
      `${quote(twice)} is named twice: it would be overwritten`,
      'Give the file, --rejects and --resume different names.',
    );
};

const needsScope = ({ meaning, columns }: Reading, { scope }: ImportOptions): boolean =>
  meaning === 'unsubscribe' && columns.scope === undefined && (scope === undefined || scope === '*');

/**
 * Opens a file and says how it will be read, before anything is written.
 *
 * @param path - `-` for standard input
 * @throws CliError with exit code 2 where the file or the options leave it open
 */
export const openImport = async (path: string, options: ImportOptions, deps: Dependencies): Promise<OpenedImport> => {
  checkFiles(path, options);
  const info = path === STDIN ? undefined : await deps.files.info(path);
  let bytesRead = 0;
  const bytes = counted(path, read(path, deps), (more) => {
    bytesRead += more;
  });
  const rows = await openRows(bytes);
  const reading = readingOf(rows, path, options);
  if (needsScope(reading, options))
    throw usage(
      'ScopeNeeded',
      `${reading.name}: an unsubscribe is from a kind of mail, never from all`,
      'Say from which, such as --scope newsletter; or, if all mail is meant, import it with --reason manual.',
    );
  const dated = isDated(reading, rows);
  const now = deps.now();
  const at = undatedAt(options, info, dated, now);
  return {
    rows,
    reading,
    settings: { undatedAt: at, now, ...(options.scope === undefined ? {} : { scope: options.scope }) },
    timeOfFile: !dated && options.at === undefined,
    fingerprint: fingerprintOf(path, info, reading, options),
    info,
    bytesRead: () => bytesRead,
  };
};

/** Which column of the file says what, by the names the file has; empty for whole entries. */
export const columnsOf = ({
  rows,
  reading,
}: Pick<OpenedImport, 'rows' | 'reading'>): Readonly<Record<string, string>> =>
  rows.ownEntries
    ? {}
    : Object.fromEntries(
        Object.entries(reading.columns).flatMap(([field, key]) => {
          const name = rows.names.find((each) => columnKey(each) === key);
          return name === undefined ? [] : [[field, name]];
        }),
      );

/** Changes with the file and with what would make its rows mean something else. */
const fingerprintOf = (
  path: string,
  info: FileInfo | undefined,
  { name, columns }: Reading,
  { scope, reason, at, dryRun, rejects }: ImportOptions,
): string =>
  createHash('sha256')
    .update(JSON.stringify([basename(path), info ?? null, name, columns, scope, reason, at, dryRun, rejects]))
    .digest('hex');
