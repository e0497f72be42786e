import { BatchGetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { dynamoDbSettling } from '../../../adapters/dynamodb-settling.ts';
import { DEFAULT_POLICY, KEY_TAG } from '../../../core/contract/index.ts';
import { hashKey } from '../../../core/messages/key-hash.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { bounce, bounced } from '../../core/messages.ts';
import { RecordedCounts, RecordedDeadLetters, RecordedLog } from '../recorders.ts';
import { hardBounceOf, record } from './stage.ts';

const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamo = mockClient(client);
const counts = new RecordedCounts();
const handler = makeHandler({
  ledger: new DynamoDbLedger({ client, table: 'list' }),
  settling: dynamoDbSettling({ client, table: 'list', messagesTable: 'messages', region: 'eu-west-1' }),
  deadLetters: new RecordedDeadLetters(),
  log: new RecordedLog(),
  counts,
  policy: DEFAULT_POLICY,
  fingerprint: (address) => address,
});

test('a table of sends that is closed stops nobody from being suppressed; the keyed record alone comes back', async () => {
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  dynamo.on(PutItemCommand).resolves({});
  dynamo.on(BatchGetItemCommand).callsFake(async ({ RequestItems }) => {
    if (RequestItems.messages) throw denied;
    return {};
  });
  const keyed = bounce({
    tags: { [KEY_TAG]: [hashKey('order-4711')] },
    recipients: [bounced('pat@target.example')],
    mail: { destination: ['pat@target.example'] },
  });
  const plain = ['sam', 'kim', 'lee'].map((name) => record(name, hardBounceOf(`${name}@target.example`)));
  expect(await handler({ Records: [record('keyed', keyed), ...plain] })).toEqual({
    batchItemFailures: [{ itemIdentifier: 'keyed' }],
  });
  const written = dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input);
  expect(written.map(({ TableName, Item }) => [TableName, Item?.address?.S, Item?.status?.S])).toEqual(
    ['pat', 'sam', 'kim', 'lee'].map((name) => ['list', `${name}@target.example`, 'suppressed']),
  );
  expect(counts.counted['Feedback/hard-bounce']).toBe(3);
});
