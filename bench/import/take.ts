import { openRows } from '../../cli/import/rows.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { detect } from '../../core/import/detect.ts';
import { emptyTally, type Item, importBatch, type Tally } from '../../core/import/import-batch.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import { generatedCsv } from './generated-csv.ts';

const BATCH = 400;
const NOW = Date.UTC(2026, 10, 20);

/** Takes a generated file of so many rows into a ledger, as the command does. */
export const take = async (rows: number, ledger: Ledger): Promise<Tally> => {
  const opened = await openRows(generatedCsv(rows));
  const reading = detect(opened.names, { fileName: 'suppression_bounces.csv' });
  if (!reading.ok) throw new Error(reading.error.message);
  const tally = emptyTally();
  const settings = { now: NOW, undatedAt: 0 };
  const deps = { ledger, policy: DEFAULT_POLICY, sleep: async () => undefined };
  let batch: Item[] = [];
  const flush = async (): Promise<void> => {
    await importBatch(batch, reading.value, settings, deps, tally);
    batch = [];
  };
  for await (const item of opened.items) if (batch.push(item) === BATCH) await flush();
  await flush();
  return tally;
};
