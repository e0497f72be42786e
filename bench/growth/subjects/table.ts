// What is asked of a table of so many entries, beside the same requests bare: a lookup of 100 keys, one event learnt, the
// first page of the list, an export. Arguments: address of the table's server, its name, how many entries it has.
import { BatchGetItemCommand, PutItemCommand, paginateScan, QueryCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../../adapters/dynamodb-list.ts';
import { encodeEntry, encodeKey } from '../../../adapters/entry-codec.ts';
import { exportLines } from '../../../cli/export/entry-lines.ts';
import { DEFAULT_POLICY, RecentIndex } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { countRequests, take } from '../../counted.ts';
import { pairwise } from '../../median.ts';
import { liveMb } from '../heap.ts';
import { entryOf, FIRST_MONTH, NOW } from '../table-entries.ts';

const [endpoint = '', table = '', given = ''] = process.argv.slice(2);
const size = Number(given);
const ROUNDS = 31;
const LOOKUP = 100;
const PAGE = 25;
/** A scan of a large table takes long, and its own length evens it out. */
const SCANS = size <= 10_000 ? 5 : size <= 100_000 ? 3 : 1;

const client = dynamoDbClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  requestHandler: { requestTimeout: 600_000 },
});
const requests = countRequests(client);
const list = new DynamoDbList({ client, table, now: () => NOW, firstMonth: FIRST_MONTH });

const ms = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Entries spread over the table; half of a lookup has no entry. */
const spreadOver = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.floor((i * size) / count));
const keys = [
  ...spreadOver(LOOKUP / 2).map((n) => entryOf(n)),
  ...spreadOver(LOOKUP / 2).map((_, i) => entryOf(10 ** 9 + i)),
].map(({ address, scope }) => ({ address, scope }));

const lookup = await pairwise(
  ROUNDS,
  () => ms(() => list.standings(keys)),
  () =>
    ms(() =>
      client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [table]: {
              Keys: keys.map(encodeKey),
              ConsistentRead: true,
              ProjectionExpression: '#a, #s, #t, #r, #n, #u',
              ExpressionAttributeNames: {
                '#a': 'address',
                '#s': 'scope',
                '#t': 'status',
                '#r': 'reason',
                '#n': 'since',
                '#u': 'until',
              },
            },
          },
        }),
      ),
    ),
);

let later = 0;
const changed = spreadOver(ROUNDS);
const learnt = await pairwise(
  ROUNDS,
  () => {
    later += 1;
    const fact = entryOf(changed[later % ROUNDS] ?? 0, later);
    return ms(() => learn(list, [fact], DEFAULT_POLICY));
  },
  () => {
    later += 1;
    const entry = entryOf(changed[later % ROUNDS] ?? 0, later);
    const Item = encodeEntry(entry, derive(entry, DEFAULT_POLICY), { version: 'v', updatedAt: NOW });
    return ms(async () => {
      await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [encodeKey(entry)], ConsistentRead: true } } }),
      );
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item,
          ConditionExpression: '#v <> :v',
          ExpressionAttributeNames: { '#v': 'version' },
          ExpressionAttributeValues: { ':v': { S: 'another' } },
        }),
      );
    });
  },
);

const firstPage = async (): Promise<void> => {
  let left = PAGE;
  for await (const _entry of list.recent()) {
    left -= 1;
    if (left === 0) return;
  }
  throw new Error('the list is shorter than a page');
};
const page = await pairwise(
  ROUNDS,
  () => ms(firstPage),
  () =>
    ms(() =>
      Promise.all(
        Array.from({ length: RecentIndex.SHARDS }, (_, shard) =>
          client.send(
            new QueryCommand({
              TableName: table,
              IndexName: RecentIndex.NAME,
              KeyConditionExpression: '#b = :b',
              ExpressionAttributeNames: { '#b': RecentIndex.PARTITION_KEY },
              ExpressionAttributeValues: { ':b': { S: `${FIRST_MONTH}#${shard}` } },
              ScanIndexForward: false,
              Limit: PAGE,
            }),
          ),
        ),
      ),
    ),
);

/** How often an export is looked at on its way. */
const LOOKS = 16;

/** Everything as `export` writes it; `look` is called now and then on the way. */
const exported = async (look: () => void = () => undefined): Promise<void> => {
  let entries = 0;
  let bytes = 0;
  for await (const scanned of list.scan()) {
    if (scanned.kind === 'unreadable') throw scanned.error;
    bytes += exportLines('ndjson', [scanned]).length;
    entries += 1;
    if (entries % Math.ceil(size / LOOKS) === 0) look();
  }
  if (entries < size || bytes === 0) throw new Error(`${entries} of ${size} entries were exported`);
};
const bareScan = async (): Promise<void> => {
  for await (const _page of paginateScan({ client }, { TableName: table, ConsistentRead: true }));
};
const scan = await pairwise(
  SCANS,
  async () => ((await ms(() => exported())) * 1000) / size,
  async () => ((await ms(bareScan)) * 1000) / size,
);

const counted = async (work: () => Promise<unknown>): Promise<number> => {
  take(requests);
  await work();
  return take(requests);
};
later += 1;
const counts = {
  lookup: await counted(() => list.standings(keys)),
  learnt: await counted(() => learn(list, [entryOf(0, later)], DEFAULT_POLICY)),
  page: await counted(firstPage),
  scan: await counted(() => exported()),
  bareScan: await counted(bareScan),
};
const before = liveMb();
let heap = 0;
await exported(() => {
  heap = Math.max(heap, liveMb() - before);
});
process.stdout.write(JSON.stringify({ lookup, learnt, page, scan, counts, heap }));
client.destroy();
