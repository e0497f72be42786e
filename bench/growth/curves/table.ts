import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { encodeEntry } from '../../../adapters/entry-codec.ts';
import { DEFAULT_POLICY, RecentIndex } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb.ts';
import type { Pair } from '../../median.ts';
import { bundleLikeAFunction, runBundle, withFolder } from '../../subject.ts';
import type { Curve, Line } from '../curve.ts';
import { timedCurve } from '../sweep.ts';
import { entryOf, writtenAt } from '../table-entries.ts';

const SIZES = [100, 1000, 10_000, 100_000];
const LARGEST = 1_000_000;
/** Items of one BatchWriteItem, and such requests under way at once. */
const ITEMS = 25;
const PARALLEL = 4;

interface OfSize {
  readonly lookup: Pair;
  readonly learnt: Pair;
  readonly page: Pair;
  readonly scan: Pair;
  readonly counts: Readonly<Record<'lookup' | 'learnt' | 'page' | 'scan' | 'bareScan', number>>;
  readonly heap: number;
}

const itemOf = (n: number) => {
  const entry = entryOf(n);
  return encodeEntry(entry, derive(entry, DEFAULT_POLICY), { version: `v${n}`, updatedAt: writtenAt(n) });
};

/** Entries `from` up to `to`, as the feedback function would have written them. */
const fill = ({ client, table }: LocalDynamoDb, from: number, to: number): Promise<void> =>
  inParallel(PARALLEL, Array.from({ length: Math.ceil((to - from) / ITEMS) }).keys(), async (batch) => {
    const first = from + batch * ITEMS;
    const size = Math.min(ITEMS, to - first);
    const puts = Array.from({ length: size }, (_, i) => ({ PutRequest: { Item: itemOf(first + i) } }));
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('the local DynamoDB left items unwritten');
  });

const measure = (sizes: readonly number[]): Promise<ReadonlyMap<number, OfSize>> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/growth/subjects/table.ts', folder);
    const dynamodb = await startDynamoDb('bench');
    try {
      const measured = new Map<number, OfSize>();
      let filled = 0;
      for (const size of sizes) {
        await fill(dynamodb, filled, size);
        filled = size;
        const args = ['--expose-gc', '--', dynamodb.url, dynamodb.table, String(size)];
        measured.set(size, (await runBundle(file, ...args)) as OfSize);
      }
      return measured;
    } finally {
      await dynamodb.stop();
    }
  });

const X = 'entries in the table';
/** Fewer fit into one page of a scan, 1 MB. */
const SEVERAL_PAGES = 10_000;

/** How what is asked of the table grows with its entries. @param all - also a million of them: minutes, and 2 GB */
export const tableCurves = async (all: boolean): Promise<Curve[]> => {
  const measured = [...(await measure(all ? [...SIZES, LARGEST] : SIZES))];
  const pages = measured.filter(([x]) => x >= SEVERAL_PAGES);
  const timed = (name: string, title: string, y: string, of: 'lookup' | 'learnt' | 'page' | 'scan', floor: string) =>
    timedCurve(
      { name: `table-${name}`, title, law: 'flat', x: X, y },
      { value: title.split(':')[0] ?? name, floor },
      measured.map(([x, sizes]) => ({ x, pair: sizes[of] })),
    );
  const counted = (
    name: string,
    of: 'lookup' | 'learnt' | 'page' | 'scan',
    should: (sizes: OfSize) => number,
  ): Line => ({
    name,
    kind: 'measured',
    points: measured.map(([x, sizes]) => ({ x, y: sizes.counts[of], should: should(sizes) })),
  });
  return [
    {
      name: 'table-requests',
      title: 'Requests do not grow with the table; an export makes those of a scan',
      law: 'count',
      x: X,
      y: 'requests',
      lines: [
        counted('lookup of 100 keys', 'lookup', () => 1),
        counted('one event learnt', 'learnt', () => 2),
        counted('first page of the list', 'page', () => RecentIndex.SHARDS),
        counted('export', 'scan', ({ counts }) => counts.bareScan),
      ],
    },
    timed('lookup', 'Lookup of 100 keys: as fast in a large table', 'ms a lookup', 'lookup', 'BatchGetItem bare'),
    timed('learn', 'One event learnt: as fast in a large table', 'ms an event', 'learnt', 'read and write bare'),
    timed('list', 'First page of the list: as fast in a large table', 'ms a page of 25', 'page', '8 queries bare'),
    timed('export', 'Export: time an entry does not grow', 'µs an entry', 'scan', 'scan bare'),
    {
      name: 'table-export-heap',
      title: 'Export: what it holds at once does not grow with the table',
      law: 'flat',
      x: X,
      y: 'most live heap on the way, MB',
      lines: [{ name: 'export', kind: 'measured', points: pages.map(([x, { heap }]) => ({ x, y: heap })) }],
    },
  ];
};
