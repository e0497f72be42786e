import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { recordOf } from '../core/messages/records.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { createMessagesTable, itemsOf, loseFirstAnswers } from './messages-harness.ts';
import { describeSends } from './sends-contract.ts';

let local: LocalDynamoDb;
let tables = 0;
beforeAll(async () => {
  local = await startDynamoDb();
});
afterAll(() => local.close());

const freshTable = async (): Promise<string> => {
  tables += 1;
  const table = `messages-${tables}`;
  await createMessagesTable(local.client(), table);
  return table;
};

describeSends('DynamoDB', async () => {
  const table = await freshTable();
  const client = local.client();
  return { sends: new DynamoDbSends({ client, table }), item: itemsOf(client, table).get };
});

const record = recordOf('order-4711');
const answered = {
  ...record,
  progress: { state: 'answered', messageId: '0100-1', messageIdHeader: '<0100-1@x>' } as const,
};

test('a client that repeats a write whose answer was lost: begun by the same token, and answered the same', async () => {
  const client = dynamoDbClient(local.config);
  const { lost } = loseFirstAnswers(client, PutItemCommand.name);
  const sends = new DynamoDbSends({ client, table: await freshTable() });
  expect(await sends.begin(record, undefined)).toBe('lost');
  expect((await sends.read(record.key))?.token).toBe(record.token);
  expect(await sends.begin(record, record.token)).toBe('written');
  expect(await sends.advance(answered)).toBe('written');
  client.destroy();
  expect(lost()).toBe(3);
  expect(await new DynamoDbSends({ client: local.client(), table: `messages-${tables}` }).read(record.key)).toEqual(
    answered,
  );
});

test.each([
  ['begin', (sends: DynamoDbSends) => sends.begin(record, undefined)],
  ['advance', (sends: DynamoDbSends) => sends.advance(answered)],
  ['release', (sends: DynamoDbSends) => sends.release(record)],
  ['read', (sends: DynamoDbSends) => sends.read(record.key)],
])('%s throws when the table cannot say', async (_name, work) => {
  const sends = new DynamoDbSends({ client: local.client(), table: 'no-such-table' });
  await expect(work(sends)).rejects.toThrow('resource not found');
});

test.each([
  ['state', { S: 'paused' }, 'state "paused" of the record of a send is none that this version knows'],
  ['state', undefined, 'state is missing in the record of a send'],
  ['token', undefined, 'token is missing in the record of a send'],
  ['begunAt', { S: 'today' }, 'begunAt is no ISO 8601 time in the record of a send'],
  ['draft', { S: '{' }, 'draft holds no answer in the record of a send'],
])('a record with %s %j is unreadable, which is not "never sent"', async (name, value, message) => {
  const table = await freshTable();
  const client = local.client();
  const sends = new DynamoDbSends({ client, table });
  await sends.begin(record, undefined);
  const items = itemsOf(client, table);
  const { [name]: _old, ...item } = (await items.get(`send#${record.key}`)) ?? {};
  await items.put(value === undefined ? item : { ...item, [name]: value });
  await expect(sends.read(record.key)).rejects.toMatchObject({ code: 'RecordUnreadable', message });
});
