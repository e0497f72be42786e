import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoWiringMemory } from '../../adapters/wiring-memory.ts';

const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamo = mockClient(client);
const memory = new DynamoWiringMemory(client, 'Memory');
const Key = { wire: { S: 'a.example/Bounce' } };
const lost = new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

beforeEach(() => dynamo.reset());

test('remembers a topic and recalls it, consistently', async () => {
  const item = { ...Key, topic: { S: 'arn:theirs' }, headers: { BOOL: true } };
  dynamo.on(PutItemCommand).resolves({});
  dynamo.on(GetItemCommand, { TableName: 'Memory', Key, ConsistentRead: true }).resolves({ Item: item });
  await memory.remember('a.example/Bounce', { topic: 'arn:theirs', headers: true }, 'overwrite');
  expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({ TableName: 'Memory', Item: item });
  expect(await memory.recall('a.example/Bounce')).toEqual({ topic: 'arn:theirs', headers: true });
});

test('remembers that there was no topic, and recalls a wire never set as null', async () => {
  dynamo
    .on(GetItemCommand)
    .resolvesOnce({ Item: { ...Key, headers: { BOOL: false } } })
    .resolvesOnce({});
  expect(await memory.recall('a.example/Bounce')).toEqual({ topic: null, headers: false });
  expect(await memory.recall('a.example/Bounce')).toBeNull();
});

test('keeps an earlier memory where that is asked for', async () => {
  dynamo.on(PutItemCommand).rejects(lost);
  await expect(memory.remember('a.example/Bounce', { topic: null, headers: false }, 'keep')).resolves.toBeUndefined();
  expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
    TableName: 'Memory',
    Item: { ...Key, headers: { BOOL: false } },
    ConditionExpression: 'attribute_not_exists(#wire)',
    ExpressionAttributeNames: { '#wire': 'wire' },
  });
});

test('lets a fault through: a memory that was not written must stop the wiring', async () => {
  dynamo.on(PutItemCommand).rejects(new Error('unreachable'));
  await expect(memory.remember('a.example/Bounce', { topic: null, headers: false }, 'keep')).rejects.toThrow(
    'unreachable',
  );
});

test('forgets by key', async () => {
  dynamo.on(DeleteItemCommand).resolves({});
  await memory.forget('a.example/Bounce');
  expect(dynamo.commandCalls(DeleteItemCommand)[0]?.args[0].input).toEqual({ TableName: 'Memory', Key });
});
