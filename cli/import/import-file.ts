import { emptyTally, type Item, importBatch, type Rejected, type Tally } from '../../core/import/import-batch.ts';
import type { PatientDeps } from '../../core/ledger/learn-patiently.ts';
import type { Dependencies } from '../dependencies.ts';
import type { GrowingFile } from '../files.ts';
import { csvLines } from '../output/csv-lines.ts';
import type { ImportOptions, OpenedImport } from './open-import.ts';
import { readPosition, writePosition } from './resume-file.ts';

/** Rows taken at once: four reads of a hundred keys. */
const BATCH = 400;

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
