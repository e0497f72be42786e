import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { type Columns, columnKey } from '../../core/import/columns.ts';
import { detect, type Reading } from '../../core/import/detect.ts';
import type { Provider } from '../../core/import/formats.ts';
import {
  emptyTally,
  type Item,
  importBatch,
  OWN_ENTRIES,
  type Rejected,
  type Tally,
} from '../../core/import/import-batch.ts';
import type { ImportReason } from '../../core/import/reason-words.ts';
import type { Settings } from '../../core/import/row-facts.ts';
import type { Instant } from '../../core/instant.ts';
import type { PatientDeps } from '../../core/ledger/learn-patiently.ts';
import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import type { Bytes, Dependencies } from '../dependencies.ts';
import { Exit } from '../exit.ts';
import type { FileInfo, GrowingFile } from '../files.ts';
import { readFault } from '../input/read-fault.ts';
import { csvLines } from '../output/csv-lines.ts';
import { readPosition, writePosition } from './resume-file.ts';
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

/** Rows taken at once: four reads of a hundred keys. */
const BATCH = 400;
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

/** What taking rows needs. */
export interface ImportDeps extends PatientDeps {
  /** Names the list: a position in a file is one of one list. */
  readonly place: string;
}

/** What an import is told while it runs. */
export interface Listeners {
  /** Rejected rows, a batch at a time. */
  readonly reject: (rejected: readonly Rejected[]) => Promise<void>;
  readonly show: (rows: number) => void;
}

const REJECTS_HEAD = ['line', 'code', 'message', 'row'];

const rejectLines = (rejected: readonly Rejected[]): string =>
  csvLines(rejected.map(({ item, problem }) => [String(item.line), problem.code, problem.message, item.raw()]));

async function* batches(items: AsyncIterable<Item>, skip: number): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  let seen = 0;
  let broken: { readonly fault: unknown } | undefined;
  try {
    for await (const item of items) {
      seen += 1;
      if (seen <= skip) continue;
      batch.push(item);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (fault) {
    broken = { fault };
  }
  // The rows before a break are good ones.
  if (batch.length > 0) yield batch;
  if (broken !== undefined) throw broken.fault;
}

const openRejects = async (
  { rejects }: ImportOptions,
  keep: number,
  { files }: Dependencies,
): Promise<GrowingFile | undefined> => {
  if (rejects === undefined) return undefined;
  const file = await files.grow(rejects, keep);
  if (keep === 0) await file.write(csvLines([REJECTS_HEAD]));
  return file;
};

/**
 * Takes the rows of an opened file. With `resume`, the position is stored after each batch, for good: a run that was ended
 * goes on there, and what a batch had written already is not written again.
 *
 * @throws CliError, or what the table refused; what was taken by then stays
 */
export const importFile = async (
  opened: OpenedImport,
  options: ImportOptions,
  importDeps: ImportDeps,
  deps: Dependencies,
  listeners: Listeners,
): Promise<Tally> => {
  const { reading, settings, rows } = opened;
  const { resume } = options;
  const fingerprint = `${opened.fingerprint} ${importDeps.place}`;
  const position = resume === undefined ? undefined : await readPosition(resume, fingerprint, deps.files);
  const tally = position?.tally ?? emptyTally();
  const file = await openRejects(options, position?.rejectsBytes ?? 0, deps);
  try {
    for await (const batch of batches(rows.items, tally.rows)) {
      const rejected = await importBatch(batch, reading, settings, importDeps, tally);
      if (rejected.length > 0) {
        await file?.write(rejectLines(rejected));
        await listeners.reject(rejected);
      }
      if (resume !== undefined) {
        await file?.sync();
        await writePosition(resume, fingerprint, { tally, rejectsBytes: file?.bytes ?? 0 }, deps.files);
      }
      listeners.show(tally.rows);
    }
  } finally {
    await file?.close();
  }
  if (resume !== undefined) await deps.files.remove(resume);
  return tally;
};
