import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { startDynamoDb } from '../../local/dynamodb.ts';
import { generated } from './generated-csv.ts';
import { take } from './take.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run import:proof [-- --json]

  --json  one JSON object: {"flood":{…},"table":{…},"failures":[…]}

A million rows through the importer, then ten thousand into a table, twice.
Exit codes: 0 every count and the peak of memory are as they should be, 1 one is not, 2 usage.`;

const FLOOD_ROWS = 1_000_000;
const TABLE_ROWS = 10_000;
const PEAK_MIB = 200;

const failures: string[] = [];

const check = (what: string, is: number, should: number): void => {
  if (is !== should) failures.push(`${what}: ${is}, should be ${should}`);
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Part {
  readonly figures: Readonly<Record<string, number>>;
  readonly text: string;
}

/** A million rows through parsing, mapping and merging, in a process of their own. */
const flood = async (): Promise<Part> => {
  const script = fileURLToPath(new URL('./flood.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, String(FLOOD_ROWS)]);
  const { tally, reads, writes, suppressed, seconds, peakMiB } = JSON.parse(stdout);
  const { rows, unusable, repeated } = generated(FLOOD_ROWS);
  check('rows', tally.rows, rows);
  check('rejected rows', tally.rejected, unusable);
  check('entries written', tally.written, rows - unusable - repeated);
  check('writes', writes, tally.written);
  check('suppressed', suppressed, writes);
  check('reads of 100 keys', reads, rows / 100);
  if (peakMiB > PEAK_MIB) failures.push(`peak memory: ${peakMiB.toFixed(0)} MiB, should be at most ${PEAK_MIB}`);
  return {
    figures: { rows, seconds, peakMiB, writes, rejected: tally.rejected },
    text:
      `${rows.toLocaleString('en-US')} rows: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds).toLocaleString('en-US')} rows/s, ` +
      `peak ${peakMiB.toFixed(0)} MiB of ${PEAK_MIB}; ${writes.toLocaleString('en-US')} writes, ` +
      `${tally.rejected.toLocaleString('en-US')} rejected`,
  };
};

/** Ten thousand rows into a table, twice. */
const table = async (): Promise<Part> => {
  const dynamodb = await startDynamoDb('import-proof');
  const client = dynamoDbClient({
    endpoint: dynamodb.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const list = new DynamoDbList({ client, table: dynamodb.table });
    const { rows, unusable, repeated } = generated(TABLE_ROWS);
    const entries = rows - unusable - repeated;
    const before = performance.now();
    const first = await take(TABLE_ROWS, list);
    const seconds = (performance.now() - before) / 1000;
    const again = await take(TABLE_ROWS, list);
    let scanned = 0;
    for await (const found of list.scan())
      if (found.kind === 'entry' && found.standing.reason === 'hard-bounce') scanned += 1;
    check('table: entries written', first.written, entries);
    check('table: rejected rows', first.rejected, unusable);
    check('table: entries written the second time', again.written, 0);
    check('table: entries known the second time', again.unchanged, entries);
    check('table: hard bounces in it', scanned, entries);
    return {
      figures: { rows, seconds, written: first.written, writtenAgain: again.written, found: scanned },
      text:
        `${rows.toLocaleString('en-US')} rows into DynamoDB (dynalite): ${seconds.toFixed(1)} s, ` +
        `${first.written.toLocaleString('en-US')} written, ${again.written} the second time, ` +
        `${scanned.toLocaleString('en-US')} in the table`,
    };
  } finally {
    client.destroy();
    await dynamodb.stop();
  }
};

const options = (): { readonly json?: boolean; readonly help?: boolean } | undefined => {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exitCode = 2;
    return undefined;
  }
};

const prove = async (json: boolean): Promise<void> => {
  const first = await flood();
  if (!json) say(first.text);
  const second = await table();
  if (!json) say(second.text);
  if (json) say(JSON.stringify({ flood: first.figures, table: second.figures, failures }));
  else for (const failure of failures) say(`failed: ${failure}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
};

const given = options();
if (given?.help) say(USAGE);
else if (given) await prove(given.json ?? false);
