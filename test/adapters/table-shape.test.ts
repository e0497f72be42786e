import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { tableShape } from '../../adapters/table-shape.ts';

const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamo = mockClient(client);

beforeEach(() => dynamo.reset());

test('reads keys with their types, of the table and of each index', async () => {
  dynamo.on(DescribeTableCommand, { TableName: 'List' }).resolves({
    Table: {
      TableStatus: 'ACTIVE',
      AttributeDefinitions: [
        { AttributeName: 'address', AttributeType: 'S' },
        { AttributeName: 'scope', AttributeType: 'S' },
        { AttributeName: 'count', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'address', KeyType: 'HASH' },
        { AttributeName: 'scope', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [{ IndexName: 'byCount', KeySchema: [{ AttributeName: 'count', KeyType: 'HASH' }] }],
    },
  });
  expect(await tableShape(client)('List')).toEqual({
    status: 'ACTIVE',
    key: { partition: 'address (S)', sort: 'scope (S)' },
    indexes: new Map([['byCount', { partition: 'count (N)', sort: 'none' }]]),
  });
});

test('is null for a table that is not there, and lets other faults through', async () => {
  dynamo
    .on(DescribeTableCommand)
    .rejectsOnce(new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} }))
    .rejectsOnce(new Error('unreachable'));
  expect(await tableShape(client)('List')).toBeNull();
  await expect(tableShape(client)('List')).rejects.toThrow('unreachable');
});
