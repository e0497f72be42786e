// So many rows of a CSV through `import` into a ledger that forgets, or (argument `bare`) through the CSV parser alone.
import { parse } from 'csv-parse';
import { CountingLedger } from '../../import/counting-ledger.ts';
import { generated, generatedCsv } from '../../import/generated-csv.ts';
import { take } from '../../import/take.ts';
import { watchMemory } from '../peak-memory.ts';

const [how = '', given = ''] = process.argv.slice(2);
const rows = Number(given);

const bare = async (): Promise<void> => {
  let read = 0;
  const parser = parse({ columns: true });
  const feed = (async () => {
    for await (const piece of generatedCsv(rows))
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve));
    parser.end();
  })();
  for await (const _row of parser) read += 1;
  await feed;
  if (read !== rows) throw new Error(`${read} of ${rows} rows were read`);
};
const taken = async (): Promise<void> => {
  const ledger = new CountingLedger();
  await take(rows, ledger);
  const { unusable, repeated } = generated(rows);
  if (ledger.writes !== rows - unusable - repeated) throw new Error(`${ledger.writes} entries were written`);
};

const peakMb = watchMemory();
const start = process.cpuUsage();
await (how === 'bare' ? bare() : taken());
const { user, system } = process.cpuUsage(start);
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, peakMb: peakMb() }));
