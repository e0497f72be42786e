import {
  DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Attributes } from '../../adapters/attributes.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { toIso } from '../../core/instant.ts';
import { keyOf, NOW } from './samples.ts';

const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamo = mockClient(client);
const ledger = new DynamoDbList({ client, table: 'list', now: () => NOW });
beforeEach(() => dynamo.reset());

const item = (n: number): Attributes => ({
  address: { S: `pat${n}@target.example` },
  scope: { S: '*' },
  status: { S: 'suppressed' },
  updatedAt: { S: toIso(NOW - n * 1000) },
});

/** Bucket 3 of January holds 500 items, everything else is empty. */
const answer = async (input: QueryCommandInput): Promise<Partial<QueryCommandOutput>> => {
  if (input.ExpressionAttributeValues?.[':bucket']?.S !== '2027-01#3') return { Items: [] };
  const from = Number(input.ExclusiveStartKey?.at?.N ?? 0);
  const to = Math.min(500, from + (input.Limit ?? 500));
  const Items = Array.from({ length: to - from }, (_, i) => item(from + i));
  return to < 500 ? { Items, LastEvaluatedKey: { at: { N: String(to) } } } : { Items };
};

const inputs = (): QueryCommandInput[] => dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
const buckets = (): (string | undefined)[] => inputs().map((input) => input.ExpressionAttributeValues?.[':bucket']?.S);

test('reads one page of each of eight buckets for a caller that wants ten', async () => {
  dynamo.on(QueryCommand).callsFake(answer);
  let taken = 0;
  for await (const _ of ledger.recent()) {
    taken += 1;
    if (taken === 10) break;
  }
  expect(buckets()).toEqual(Array.from({ length: 8 }, (_, i) => `2027-01#${i}`));
  expect(
    inputs().every(
      ({ IndexName, Limit, ScanIndexForward }) => IndexName === 'recent' && Limit === 25 && !ScanIndexForward,
    ),
  ).toBe(true);
});

test('reads longer pages the further it goes, down to the first month and no further', async () => {
  dynamo.on(QueryCommand).callsFake(answer);
  const listed: string[] = [];
  for await (const { address } of ledger.recent()) listed.push(address);
  expect(listed).toEqual(Array.from({ length: 500 }, (_, i) => `pat${i}@target.example`));
  expect(
    inputs()
      .filter(({ Limit }) => Limit !== 25)
      .map(({ Limit }) => Limit),
  ).toEqual([50, 100, 200, 400]);
  expect([...new Set(buckets().map((bucket) => bucket?.slice(0, 7)))]).toEqual(['2027-01', '2026-12', '2026-11']);
});

test('asks for no bucket and no time outside its range', async () => {
  dynamo.on(QueryCommand).resolves({ Items: [] });
  const since = Date.UTC(2026, 11, 10);
  const until = Date.UTC(2027, 0, 1);
  for await (const _ of ledger.recent({ since, until })) throw new Error('nothing is there');
  expect(buckets()).toEqual(Array.from({ length: 8 }, (_, i) => `2026-12#${i}`));
  for (const { ExpressionAttributeValues: values } of inputs())
    expect([values?.[':from']?.S, values?.[':to']?.S]).toEqual([toIso(since), toIso(until - 1)]);
});

test('goes on at a place with one query a bucket', async () => {
  dynamo.on(QueryCommand).resolves({ Items: [] });
  const after = { ...keyOf('pat'), updatedAt: '2026-11-20T08:00:00.000Z' };
  for await (const _ of ledger.recent({ after })) throw new Error('nothing is there');
  expect(buckets().map((bucket) => bucket?.slice(0, 7))).toEqual(Array(8).fill('2026-11'));
  const [start, ...more] = inputs().flatMap(({ ExclusiveStartKey: key }) => (key === undefined ? [] : [key]));
  expect(more).toEqual([]);
  expect(start).toMatchObject({ address: { S: after.address }, scope: { S: '*' }, updatedAt: { S: after.updatedAt } });
});

test('goes on after an empty page that is not the last', async () => {
  dynamo
    .on(QueryCommand)
    .resolvesOnce({ Items: [], LastEvaluatedKey: { at: { N: '1' } } })
    .resolves({ Items: [] });
  for await (const _ of ledger.recent()) throw new Error('nothing is there');
  expect(inputs()).toHaveLength(25);
});

test('fails where the index cannot be read', async () => {
  dynamo.on(QueryCommand).rejects(new Error('The table does not have the specified index: recent'));
  await expect(ledger.recent()[Symbol.asyncIterator]().next()).rejects.toThrow('specified index');
});
