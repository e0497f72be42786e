import { DescribeTableCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type LocalDynamoDb, startDynamoDb } from '../../local/dynamodb.ts';

let dynamodb: LocalDynamoDb;

beforeAll(async () => {
  dynamodb = await startDynamoDb('suppressor-local');
});
afterAll(() => dynamodb.stop());

test('the local table has the keys and the index of the deployed one', async () => {
  const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: dynamodb.table }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    KeySchema: [
      { AttributeName: 'address', KeyType: 'HASH' },
      { AttributeName: 'scope', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'recent',
        KeySchema: [
          { AttributeName: 'bucket', KeyType: 'HASH' },
          { AttributeName: 'updatedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status', 'reason', 'since', 'until'] },
      },
    ],
  });
});

test('the table of messages beside it has an id and nothing else for a key', async () => {
  const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: dynamodb.messages }));
  expect(Table).toMatchObject({
    TableName: 'suppressor-local-messages',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
});

test('the index gives the newest change first, with what it projects and nothing else', async () => {
  for (const day of ['01', '02']) {
    const Item = {
      address: { S: `${day}@target.example` },
      scope: { S: '*' },
      bucket: { S: '2026-11#0' },
      updatedAt: { S: `2026-11-${day}T00:00:00.000Z` },
      status: { S: 'suppressed' },
      version: { S: 'not projected' },
    };
    await dynamodb.client.send(new PutItemCommand({ TableName: dynamodb.table, Item }));
  }
  const { Items = [] } = await dynamodb.client.send(
    new QueryCommand({
      TableName: dynamodb.table,
      IndexName: 'recent',
      ScanIndexForward: false,
      KeyConditionExpression: '#bucket = :bucket',
      ExpressionAttributeNames: { '#bucket': 'bucket' },
      ExpressionAttributeValues: { ':bucket': { S: '2026-11#0' } },
    }),
  );
  expect(Items.map(({ address }) => address?.S)).toEqual(['02@target.example', '01@target.example']);
  expect(Object.keys(Items[0] ?? {}).sort()).toEqual(['address', 'bucket', 'scope', 'status', 'updatedAt']);
});
