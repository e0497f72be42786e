import type { OpenedList } from '../../../cli/dependencies.ts';
import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import { readEntries } from '../../../cli/explain/read-entries.ts';
import { csvOf, type ExportFormat, exportHead, ndjsonOf, type WholeEntry } from '../../../cli/export/entry-lines.ts';
import type { Listed } from '../../../core/ledger/ledger.ts';
import { find } from './find.ts';
import type { ListQuery } from './list-query.ts';

/** Entries written at once: what one request reads. */
const BATCH = 100;

async function* batches(query: ListQuery, list: OpenedList): AsyncGenerator<readonly Listed[]> {
  const found = await find(query, list);
  if (found.exact) {
    yield found.entries;
    return;
  }
  let batch: Listed[] = [];
  for await (const { entry, wanted } of found.looked) {
    if (!wanted) continue;
    batch.push(entry);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** @throws CliError the fault of an entry that could not be read: a file without it would look whole */
const wholeEntries = async (batch: readonly Listed[], list: OpenedList): Promise<WholeEntry[]> => {
  const { told, faults } = await readEntries(batch, list, list.policy);
  for (const { fault } of faults) throw awsFault(fault);
  return told.map(({ entry, standing, updatedAt = '' }) => ({ entry, standing, updatedAt }));
};

/**
 * What was asked for as a file, piece by piece, so that a list of any length takes no memory: in CSV what entries mean, in
 * NDJSON all they know. An entry that is deleted meanwhile is not in it.
 *
 * @throws CliError what kept the list from being read
 */
export async function* exportPieces(query: ListQuery, format: ExportFormat, list: OpenedList): AsyncGenerator<string> {
  let head = exportHead(format);
  for await (const batch of batches(query, list)) {
    yield head + (format === 'csv' ? csvOf(batch) : ndjsonOf(await wholeEntries(batch, list)));
    head = '';
  }
}
