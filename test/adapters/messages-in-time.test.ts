import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchWriteItemCommand, DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { inTime } from '../../adapters/in-time.ts';
import { NOW, recordOf } from '../core/messages/records.ts';

const record = recordOf('order-4711');
const answered = {
  ...record,
  progress: { state: 'answered', messageId: '0100-1', messageIdHeader: '<0100-1@x>' } as const,
};
const mail = {
  messageId: '0100-1',
  messageIdHeader: '<0100-1@x>',
  ownMessageId: '<order-4711@ledger.example>',
  sentAt: NOW,
  key: undefined,
};
const never = () => new Promise<never>(() => undefined);

describe('with a table that never answers', () => {
  let server: Server;
  let client: DynamoDBClient;
  let closed = 0;
  beforeAll(async () => {
    server = createServer((request) => request.socket.once('close', () => (closed += 1)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = dynamoDbClient({
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each([
    ['advance', () => new DynamoDbSends({ client, table: 't', concludeMs: 100 }).advance(answered)],
    ['release', () => new DynamoDbSends({ client, table: 't', concludeMs: 200 }).release(record)],
    ['remember', () => new DynamoDbMessageIds({ client, table: 't', rememberMs: 100 }).remember(mail)],
  ])('%s is given up when the time is over, and so is its request', async (_name, work) => {
    const before = closed;
    await expect(work()).rejects.toThrow('no answer within 100 ms');
    while (closed === before) await new Promise(setImmediate);
  });
});

describe('requests', () => {
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  const dynamo = mockClient(client);
  beforeEach(() => {
    dynamo.reset();
    dynamo.onAnyCommand().resolves({});
  });
  const optionsOf = (command: Parameters<typeof dynamo.commandCalls>[0]) =>
    dynamo.commandCalls(command).map(({ args }) => (args as readonly unknown[])[1]);
  const brisk = { abortSignal: expect.any(AbortSignal), requestTimeout: 1500 };

  test('that write down what SES said are brisk, and no others', async () => {
    const sends = new DynamoDbSends({ client, table: 't', concludeMs: 1000 });
    await sends.begin(record, undefined);
    await sends.advance(answered);
    await sends.release(record);
    await new DynamoDbMessageIds({ client, table: 't', rememberMs: 1000 }).remember(mail);
    expect(optionsOf(PutItemCommand)).toEqual([undefined, brisk]);
    expect([optionsOf(DeleteItemCommand), optionsOf(BatchWriteItemCommand)]).toEqual([[brisk], [brisk]]);
  });

  test('have all the time of the client where none is told', async () => {
    await new DynamoDbSends({ client, table: 't' }).advance(answered);
    await new DynamoDbMessageIds({ client, table: 't' }).remember(mail);
    expect([...optionsOf(PutItemCommand), ...optionsOf(BatchWriteItemCommand)]).toEqual([undefined, undefined]);
  });

  test('for items that stay unprocessed end with the time, whatever the pauses are', async () => {
    dynamo.on(BatchWriteItemCommand).callsFake(async ({ RequestItems }) => ({ UnprocessedItems: RequestItems }));
    const ids = new DynamoDbMessageIds({ client, table: 't', rememberMs: 50, sleep: never });
    await expect(ids.remember(mail)).rejects.toThrow('no answer within 50 ms');
  });
});

test('what is done in time is told as it is, and no timer is left', async () => {
  jest.useFakeTimers();
  try {
    expect(await inTime(1000, async () => 'done')).toBe('done');
    await expect(inTime(1000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
