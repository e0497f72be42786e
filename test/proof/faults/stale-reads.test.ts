import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb.ts';
import { FaultLog } from '../../../proof/faults/fault-log.ts';
import { LaggingReplica, staleReads } from '../../../proof/faults/stale-reads.ts';

let dynamodb: LocalDynamoDb;
let client: DynamoDBClient;
let log: FaultLog;
beforeAll(async () => {
  dynamodb = await startDynamoDb('stale');
});
afterAll(() => dynamodb.stop());
beforeEach(() => {
  log = new FaultLog();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = dynamoDbClient({ region: 'eu-west-1', credentials, endpoint: dynamodb.url });
  staleReads(client, new LaggingReplica(5), log);
});
afterEach(() => client.destroy());

const key = (id: string) => ({ address: { S: id }, scope: { S: '*' } });
const put = (id: string, note: string) =>
  client.send(new PutItemCommand({ TableName: dynamodb.table, Item: { ...key(id), note: { S: note } } }));
const get = async (id: string, ConsistentRead?: boolean): Promise<string | undefined> => {
  const asked = {
    TableName: dynamodb.table,
    Key: key(id),
    ...(ConsistentRead === undefined ? {} : { ConsistentRead }),
  };
  return (await client.send(new GetItemCommand(asked))).Item?.note?.S;
};
const batch = async (ids: readonly string[], ConsistentRead?: boolean): Promise<unknown[]> => {
  const part = { Keys: ids.map(key), ...(ConsistentRead === undefined ? {} : { ConsistentRead }) };
  const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { [dynamodb.table]: part } }));
  return (Responses?.[dynamodb.table] ?? []).map(({ address, note }) => [address?.S, note?.S]).sort();
};

test('a read that does not ask for consistency gets what was there before the latest writes', async () => {
  await put('a', 'first');
  expect([await get('a'), await get('a', true)]).toEqual([undefined, 'first']);
  await dynamodb.client.send(
    new PutItemCommand({ TableName: dynamodb.table, Item: { ...key('b'), note: { S: 'old' } } }),
  );
  await put('b', 'new');
  expect([await get('b', false), await get('b', true)]).toEqual(['old', 'new']);
  expect(log.inconsistentReads).toBe(2);
});

test('a batch read too, table by table', async () => {
  await dynamodb.client.send(
    new PutItemCommand({ TableName: dynamodb.table, Item: { ...key('c'), note: { S: 'old' } } }),
  );
  await put('c', 'new');
  await put('d', 'first');
  expect(await batch(['c', 'd'])).toEqual([['c', 'old']]);
  expect(await batch(['c', 'd'], true)).toEqual([
    ['c', 'new'],
    ['d', 'first'],
  ]);
  expect(log.inconsistentReads).toBe(1);
});

test('what was deleted is still there for the replica', async () => {
  await dynamodb.client.send(
    new PutItemCommand({ TableName: dynamodb.table, Item: { ...key('e'), note: { S: 'old' } } }),
  );
  const { Attributes } = await client.send(new DeleteItemCommand({ TableName: dynamodb.table, Key: key('e') }));
  expect(Attributes).toBeUndefined();
  expect([await get('e'), await get('e', true)]).toEqual(['old', undefined]);
});

test('it is behind by the latest writes only', async () => {
  await put('f', 'first');
  for (let i = 0; i < 4; i += 1) await put(`f${i}`, 'other');
  expect(await get('f')).toBeUndefined();
  await put('f4', 'other');
  expect(await get('f')).toBe('first');
});
