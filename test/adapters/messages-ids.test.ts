import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { MemoryMessageIds } from '../../adapters/memory-message-ids.ts';
import { DAY } from '../../core/instant.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import type { IdentifiedMail, MessageIds } from '../../core/messages/message-ids.ts';
import { NOW } from '../core/messages/records.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { createMessagesTable, itemsOf } from './messages-harness.ts';

let local: LocalDynamoDb;
let tables = 0;
beforeAll(async () => {
  local = await startDynamoDb();
});
afterAll(() => local.close());

const mailOf = (messageId: string, over: Partial<IdentifiedMail> = {}): IdentifiedMail => ({
  messageId,
  messageIdHeader: `<${messageId}@eu-west-1.amazonses.com>`,
  ownMessageId: '<order-4711@ledger.example>',
  sentAt: NOW,
  key: undefined,
  ...over,
});
const freshTable = async (): Promise<string> => {
  tables += 1;
  await createMessagesTable(local.client(), `ids-${tables}`);
  return `ids-${tables}`;
};

describe.each([
  ['memory', async (): Promise<MessageIds> => new MemoryMessageIds()],
  ['DynamoDB', async () => new DynamoDbMessageIds({ client: local.client(), table: await freshTable() })],
])('%s: the contract of Message-IDs', (_name, make) => {
  test('finds a mail by either id, exactly as it was remembered', async () => {
    const ids = await make();
    for (const mail of [mailOf('0100-1'), mailOf('0100-2', { key: hashKey('order'), ownMessageId: '<ключ@x>' })]) {
      await ids.remember(mail);
      expect(await ids.byMessageId(mail.messageId)).toEqual(mail);
      expect(await ids.byOwnMessageId(mail.ownMessageId)).toEqual(mail);
    }
  });

  test('knows nothing of others, and takes neither id for the other', async () => {
    const ids = await make();
    await ids.remember(mailOf('0100-1'));
    expect(await ids.byMessageId('0100-2')).toBeUndefined();
    expect(await ids.byMessageId('<order-4711@ledger.example>')).toBeUndefined();
    expect(await ids.byOwnMessageId('0100-1')).toBeUndefined();
  });

  test('of a Message-ID that was used twice it finds the later mail, and each mail by its own', async () => {
    const ids = await make();
    const [first, second] = [mailOf('0100-1'), mailOf('0100-2', { sentAt: NOW + 1 })];
    await ids.remember(first);
    await ids.remember(second);
    expect(await ids.byOwnMessageId('<order-4711@ledger.example>')).toEqual(second);
    expect(await ids.byMessageId('0100-1')).toEqual(first);
  });
});

test('the table may delete both items 30 days later', async () => {
  const table = await freshTable();
  const client = local.client();
  await new DynamoDbMessageIds({ client, table }).remember(mailOf('0100-1'));
  const items = itemsOf(client, table);
  for (const id of ['message#0100-1', 'header#<order-4711@ledger.example>'])
    expect((await items.get(id))?.expiresAt).toEqual({ N: String(Math.ceil((NOW + 30 * DAY) / 1000)) });
});

test('an item that cannot be read whole is told', async () => {
  const table = await freshTable();
  const client = local.client();
  await itemsOf(client, table).put({ id: { S: 'message#0100-1' }, messageId: { S: '0100-1' } });
  await expect(new DynamoDbMessageIds({ client, table }).byMessageId('0100-1')).rejects.toMatchObject({
    code: 'RecordUnreadable',
  });
});

describe('what DynamoDB leaves unprocessed', () => {
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  const dynamo = mockClient(client);
  const ids = new DynamoDbMessageIds({ client, table: 'messages', sleep: async () => undefined, random: () => 0.5 });
  beforeEach(() => dynamo.reset());
  const asked = () =>
    dynamo.commandCalls(BatchWriteItemCommand).map(({ args }) => args[0].input.RequestItems?.messages?.length);

  test('is written again, and nothing else', async () => {
    dynamo.on(BatchWriteItemCommand).callsFake(async ({ RequestItems }) => ({
      UnprocessedItems: asked().length === 1 ? { messages: RequestItems.messages.slice(1) } : {},
    }));
    await ids.remember(mailOf('0100-1'));
    expect(asked()).toEqual([2, 1]);
  });

  test('for good is a fault', async () => {
    dynamo.on(BatchWriteItemCommand).callsFake(async ({ RequestItems }) => ({ UnprocessedItems: RequestItems }));
    await expect(ids.remember(mailOf('0100-1'))).rejects.toThrow('DynamoDB left 2 items unprocessed after 5 tries');
    expect(asked()).toEqual([2, 2, 2, 2, 2]);
  });
});
