import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { CountingLedger } from '../../bench/import/counting-ledger.ts';
import { generated } from '../../bench/import/generated-csv.ts';
import { take } from '../../bench/import/take.ts';

const ROWS = 3000;

test('counts what a generated file holds as the file says', async () => {
  const { rows, unusable, repeated } = generated(ROWS);
  expect([unusable, repeated]).toEqual([3, 3]);
  const ledger = new CountingLedger();
  const tally = await take(ROWS, ledger);
  expect(tally).toMatchObject({ rows, rejected: unusable, written: rows - unusable - repeated });
  expect([ledger.writes, ledger.suppressed]).toEqual([tally.written, tally.written]);
});

test('writes nothing into a list that remembers, the second time', async () => {
  const ledger = new MemoryLedger();
  const first = await take(ROWS, ledger);
  expect(ledger.items).toHaveLength(first.written);
  expect(await take(ROWS, ledger)).toMatchObject({ written: 0, unchanged: first.written });
});
