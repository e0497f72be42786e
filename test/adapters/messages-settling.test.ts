import { BatchGetItemCommand, type BatchGetItemCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { dynamoDbSettling } from '../../adapters/dynamodb-settling.ts';
import { encodeKey } from '../../adapters/entry-codec.ts';
import { encodeSend, encodeSendKey } from '../../adapters/send-codec.ts';
import { keyText } from '../../core/entry/entry.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import { recordOf } from '../core/messages/records.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { createMessagesTable, itemsOf } from './messages-harness.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';

const TABLES = { table: 'list', messagesTable: 'messages' };

describe('requests', () => {
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  const dynamo = mockClient(client);
  const settling = dynamoDbSettling({ client, ...TABLES, region: 'eu-west-1', sleep: async () => undefined });
  beforeEach(() => dynamo.reset());
  const keys = (count: number) => Array.from({ length: count }, (_, i) => keyOf(`pat${i}`));
  const hashes = (count: number) => Array.from({ length: count }, (_, i) => hashKey(`order-${i}`));
  const asked = () =>
    dynamo
      .commandCalls(BatchGetItemCommand)
      .map(({ args }) => args[0].input)
      .map(({ RequestItems }: BatchGetItemCommandInput) => [
        RequestItems?.list?.Keys?.length ?? 0,
        RequestItems?.messages?.Keys?.length ?? 0,
      ]);

  test('are one for every 100 keys of both tables together', async () => {
    dynamo.on(BatchGetItemCommand).resolves({});
    await settling.readWith([...keys(130), ...keys(130)], [...hashes(95), ...hashes(95)]);
    expect(asked()).toEqual([
      [100, 0],
      [30, 70],
      [0, 25],
    ]);
    const inputs = dynamo.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems);
    expect(inputs.flatMap((items) => Object.values(items ?? {})).every((each) => each.ConsistentRead)).toBe(true);
  });

  test.each([
    [10, 0, [[10, 0]]],
    [0, 10, [[0, 10]]],
    [1, 1, [[1, 1]]],
    [0, 0, []],
  ])('for %i entries and %i records', async (entries, records, expected) => {
    dynamo.on(BatchGetItemCommand).resolves({});
    await settling.readWith(keys(entries), hashes(records));
    expect(asked()).toEqual(expected);
  });

  test('ask again for what was left unprocessed of either table, and for nothing else', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { messages: [encodeSend(recordOf('order-0'))] },
        UnprocessedKeys: {
          list: { Keys: [encodeKey(keyOf('pat1'))] },
          messages: { Keys: [encodeSendKey(hashKey('order-1'))] },
        },
      })
      .resolvesOnce({ UnprocessedKeys: { messages: { Keys: [encodeSendKey(hashKey('order-1'))] } } })
      .resolves({ Responses: { messages: [encodeSend(recordOf('order-1'))] } });
    const { entries, records } = await settling.readWith(keys(2), hashes(3));
    expect(asked()).toEqual([
      [2, 3],
      [1, 1],
      [0, 1],
    ]);
    expect([...records.found.keys()]).toEqual([hashKey('order-0'), hashKey('order-1')]);
    expect([entries.found.size, entries.failed.size, records.failed.size]).toEqual([0, 0, 0]);
  });

  test('that fail fail the keys of both tables that they had not brought', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { messages: [encodeSend(recordOf('order-0'))] },
        UnprocessedKeys: { list: { Keys: [encodeKey(keyOf('pat1'))] } },
      })
      .rejects(new Error('throttled'));
    const { entries, records } = await settling.readWith(keys(2), hashes(1));
    expect([...entries.failed]).toEqual([[keyText(keyOf('pat1')), new Error('throttled')]]);
    expect([records.found.size, records.failed.size]).toEqual([1, 0]);
  });

  const denied = (table: string) => async (input: BatchGetItemCommandInput) => {
    if (input.RequestItems?.[table]) throw new Error(`no access to ${table}`);
    return {
      Responses: { messages: (input.RequestItems?.messages?.Keys ?? []).map(() => encodeSend(recordOf('order-0'))) },
    };
  };

  test('that fail for the records are repeated for each table, and the entries are read', async () => {
    dynamo.on(BatchGetItemCommand).callsFake(denied('messages'));
    const { entries, records } = await settling.readWith(keys(2), hashes(1));
    expect(asked()).toEqual([
      [2, 1],
      [2, 0],
      [0, 1],
    ]);
    expect(entries.failed.size).toBe(0);
    expect([...records.failed]).toEqual([[hashKey('order-0'), new Error('no access to messages')]]);
  });

  test('that fail for the entries are repeated for each table, and the records are read', async () => {
    dynamo.on(BatchGetItemCommand).callsFake(denied('list'));
    const { entries, records } = await settling.readWith(keys(2), hashes(1));
    expect(entries.failed.size).toBe(2);
    expect([...records.found.keys()]).toEqual([hashKey('order-0')]);
  });

  test('of which one table is broken cost two more in the one chunk that has keys of both', async () => {
    dynamo.on(BatchGetItemCommand).callsFake(denied('messages'));
    const { entries, records } = await settling.readWith(keys(130), hashes(95));
    expect(asked()).toHaveLength(5);
    expect([entries.failed.size, records.failed.size]).toEqual([0, 95]);
  });

  test('that leave keys of both tables unprocessed to the end are repeated for each table', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .callsFake(async ({ RequestItems }: BatchGetItemCommandInput) =>
        RequestItems?.messages === undefined ? {} : { UnprocessedKeys: RequestItems },
      );
    const { entries, records } = await settling.readWith(keys(2), hashes(1));
    expect(asked().slice(5, 8)).toEqual([
      [2, 1],
      [2, 0],
      [0, 1],
    ]);
    expect([entries.failed.size, records.failed.size]).toEqual([0, 1]);
    expect(asked()).toHaveLength(13);
  });

  test('bring an unreadable record without harm to the entries', async () => {
    const { state: _none, ...unreadable } = encodeSend(recordOf('order-0'));
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { messages: [unreadable] } });
    const { entries, records } = await settling.readWith(keys(1), hashes(1));
    expect([...records.failed.values()]).toMatchObject([{ code: 'RecordUnreadable' }]);
    expect(entries.failed.size).toBe(0);
  });
});

describe('tables', () => {
  let local: LocalDynamoDb;
  beforeAll(async () => {
    local = await startDynamoDb();
    await local.createTable(TABLES.table);
    await createMessagesTable(local.client(), TABLES.messagesTable);
  });
  afterAll(() => local.close());

  test('are read together, and a record is answered once', async () => {
    const client = local.client();
    const sends = new DynamoDbSends({ client, table: TABLES.messagesTable });
    const ledger = new DynamoDbLedger({ client, table: TABLES.table });
    const settling = dynamoDbSettling({ client, ...TABLES, region: 'eu-west-1' });
    const record = recordOf('order-4711');
    const entry = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW));
    await sends.begin(record, undefined);
    await ledger.write(entry, { status: 'suppressed' }, undefined);
    const { entries, records } = await settling.readWith([entry, keyOf('sam')], [record.key, hashKey('other')]);
    expect([...entries.found.values()].map((stored) => stored.entry)).toEqual([entry]);
    expect([...records.found.values()]).toEqual([record]);
    const answered = {
      ...record,
      progress: { state: 'answered', messageId: '0100-1', messageIdHeader: '<0100-1@x>' } as const,
    };
    expect(await settling.advance(answered)).toBe('written');
    expect(await settling.advance({ ...record, progress: { state: 'unknown', message: 'late' } })).toBe('lost');
    expect((await itemsOf(client, TABLES.messagesTable).get(`send#${record.key}`))?.messageId).toEqual({ S: '0100-1' });
  });
});
