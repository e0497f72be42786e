import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { sesClient } from '../../../adapters/ses-client.ts';
import { sqsClient } from '../../../adapters/sqs-client.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb.ts';
import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { startSqsServer } from '../../../local/queue/sqs-server.ts';
import { LocalSes } from '../../../local/ses/local-ses.ts';
import { Dice } from '../../../proof/faults/dice.ts';
import { evenly, type FaultKind, type FaultRates } from '../../../proof/faults/fault.ts';
import { FaultLog } from '../../../proof/faults/fault-log.ts';
import { type FaultyClient, faultAt, injectFaults } from '../../../proof/faults/inject-faults.ts';

const LOCAL = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

let dynamodb: LocalDynamoDb;
beforeAll(async () => {
  dynamodb = await startDynamoDb('faults');
});
afterAll(() => dynamodb.stop());

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A client with one fault at every try, or as told. */
const faulty = <C extends FaultyClient>(
  client: C,
  service: 'dynamodb' | 'sqs' | 'ses',
  rates: FaultRates | (() => FaultRates),
) => {
  const log = new FaultLog();
  closing.push(() => client.destroy());
  const options = { service, dice: new Dice(1), log, rates: typeof rates === 'function' ? rates : () => rates };
  return { client: injectFaults(client, options), log };
};

const table = (rates: FaultRates | (() => FaultRates), maxAttempts = 1) =>
  faulty(dynamoDbClient({ ...LOCAL, endpoint: dynamodb.url, maxAttempts }), 'dynamodb', rates);

const item = (id: string) => ({ address: { S: id }, scope: { S: '*' } });
const put = (client: DynamoDBClient, id: string) =>
  client.send(new PutItemCommand({ TableName: dynamodb.table, Item: item(id) }));
const isThere = async (id: string): Promise<boolean> => {
  const asked = { TableName: dynamodb.table, Key: item(id), ConsistentRead: true };
  return (await dynamodb.client.send(new GetItemCommand(asked))).Item !== undefined;
};

test.each<[FaultKind, string, boolean]>([
  ['throttle', 'ProvisionedThroughputExceededException', false],
  ['internal', 'InternalServerError', false],
  ['internal-after', 'InternalServerError', true],
  ['timeout-before', 'TimeoutError', false],
  ['timeout-after', 'TimeoutError', true],
  ['cut-before', 'Error', false],
  ['cut-after', 'Error', true],
  ['refused', 'Error', false],
])('%s is seen as %s; written: %s', async (kind, name, isWritten) => {
  const { client, log } = table({ [kind]: 1 });
  await expect(put(client, kind)).rejects.toMatchObject({ name });
  expect(await isThere(kind)).toBe(isWritten);
  expect(log.counts).toEqual({ [`dynamodb PutItem ${kind}`]: 1 });
});

test('a slow answer comes, late', async () => {
  const { client } = table({ slow: 1 });
  await put(client, 'slow');
  expect(await isThere('slow')).toBe(true);
});

test("the SDK's own retries meet the faults one by one and get over them", async () => {
  const kinds: FaultRates[] = [{ throttle: 1 }, { 'cut-after': 1 }, {}];
  let tries = 0;
  const { client, log } = table(() => {
    const rates = kinds[Math.min(tries, 2)] ?? {};
    tries += 1;
    return rates;
  }, 4);
  await put(client, 'patient');
  expect([tries, log.requests, log.faults]).toEqual([3, 3, 2]);
});

test('a batch read leaves keys unprocessed, and answers for the others', async () => {
  await Promise.all(['u0', 'u1', 'u2', 'u3'].map((id) => put(dynamodb.client, id)));
  const { client, log } = table({ unprocessed: 1 });
  const Keys = ['u0', 'u1', 'u2', 'u3'].map(item);
  const RequestItems = { [dynamodb.table]: { Keys, ConsistentRead: true } };
  const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
  const left = UnprocessedKeys?.[dynamodb.table]?.Keys ?? [];
  const read = Responses?.[dynamodb.table] ?? [];
  expect(left.length).toBeGreaterThan(0);
  expect(UnprocessedKeys?.[dynamodb.table]?.ConsistentRead).toBe(true);
  expect([...left, ...read].map(({ address }) => address?.S).sort()).toEqual(['u0', 'u1', 'u2', 'u3']);
  expect(log.byKind()).toEqual({ unprocessed: 1 });
});

test('a batch write leaves items unprocessed, which are then not written', async () => {
  const { client } = table({ unprocessed: 1 });
  const ids = ['w0', 'w1', 'w2', 'w3'];
  const RequestItems = { [dynamodb.table]: ids.map((id) => ({ PutRequest: { Item: item(id) } })) };
  const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
  const left = (UnprocessedItems?.[dynamodb.table] ?? []).map(({ PutRequest }) => PutRequest?.Item?.address?.S);
  expect(left.length).toBeGreaterThan(0);
  for (const id of ids) expect(await isThere(id)).toBe(!left.includes(id));
});

test('SQS is refused by its own rate error', async () => {
  const queue = new LocalQueue({ name: 'faults', visibilityTimeoutMs: 1000 });
  const server = await startSqsServer([queue]);
  const { client } = faulty(sqsClient({ ...LOCAL, endpoint: server.url, maxAttempts: 1 }), 'sqs', { throttle: 1 });
  const letter = new SendMessageCommand({ QueueUrl: server.urlOf(queue), MessageBody: 'x' });
  await expect(client.send(letter)).rejects.toMatchObject({ name: 'RequestThrottled' });
  expect(queue.size).toBe(0);
  await server.stop();
});

test.each<[FaultKind, object, number]>([
  ['throttle', { name: 'Throttling', message: 'Maximum sending rate exceeded.' }, 0],
  ['internal-after', { $metadata: expect.objectContaining({ httpStatusCode: 500 }) }, 1],
  ['cut-after', { code: 'ECONNRESET' }, 1],
])('SES says %s as it does', async (kind, error, mails) => {
  const ses = new LocalSes(() => undefined);
  const server = await ses.listen();
  const { client } = faulty(sesClient({ ...LOCAL, endpoint: server.url }), 'ses', { [kind]: 1 });
  const RawMessage = { Data: Buffer.from('From: a@ledger.example\r\nSubject: x\r\n\r\nx') };
  const mail = { Source: 'a@ledger.example', Destinations: ['pat@target.example'], RawMessage };
  await expect(client.send(new SendRawEmailCommand(mail))).rejects.toMatchObject(error);
  expect(ses.inbox.accepted).toBe(mails);
  await server.stop();
});

test('an empty answer of SES is one without an id, of a mail that was taken', async () => {
  const ses = new LocalSes(() => undefined);
  const server = await ses.listen();
  const { client } = faulty(sesClient({ ...LOCAL, endpoint: server.url }), 'ses', { 'empty-after': 1 });
  const RawMessage = { Data: Buffer.from('From: a@ledger.example\r\nSubject: x\r\n\r\nx') };
  const mail = { Source: 'a@ledger.example', Destinations: ['pat@target.example'], RawMessage };
  expect((await client.send(new SendRawEmailCommand(mail))).MessageId).toBeUndefined();
  expect(ses.inbox.accepted).toBe(1);
  await server.stop();
});

test('each kind has a stretch of the dice as long as its rate', () => {
  const rates = evenly('dynamodb', 0.5);
  const kinds = Array.from({ length: 1000 }, (_, i) => faultAt(i / 1000, rates));
  expect(kinds.filter((kind) => kind !== undefined)).toHaveLength(500);
  expect(kinds.filter((kind) => kind === 'timeout-after')).toHaveLength(50);
  expect(evenly('sqs', 0.5).unprocessed).toBeUndefined();
  expect(evenly('ses', 0.5)['empty-after']).toBeCloseTo(0.05);
});
