import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDbLimiter } from '../../adapters/dynamodb-limiter.ts';
import { makeLimiter } from '../../core/rate/limiter.ts';
import { VirtualTime } from '../core/rate/virtual-time.ts';
import { RecordedLog } from '../lambda/recorders.ts';
import { describeLimiterStore } from './limiter-contract.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { createMessagesTable } from './messages-harness.ts';

let local: LocalDynamoDb;
let client: DynamoDBClient;
let tables = 0;
beforeAll(async () => {
  local = await startDynamoDb();
  client = local.client();
});
afterAll(() => local.close());

const makeTable = async (): Promise<string> => {
  tables += 1;
  const table = `messages-${tables}`;
  await createMessagesTable(client, table);
  return table;
};

describeLimiterStore('DynamoDB', async () => {
  const table = await makeTable();
  return [new DynamoDbLimiter({ client, table }), new DynamoDbLimiter({ client: local.client(), table })];
});

test('keeps everything in one item that never expires', async () => {
  const table = await makeTable();
  const store = new DynamoDbLimiter({ client, table });
  await store.lease({ holder: 'a', now: 1, until: 2, staleBefore: 0, absurd: 60_000 });
  await store.claim({ recipients: 3, span: 1000, from: { start: 1_767_323_045_678_000, absurd: 1.8e15 } });
  await store.throttle({
    before: undefined,
    absurd: 1.8e12,
    slowdown: { share: 0.75, at: 1_767_323_045_678 },
    pause: 1_000_000,
  });
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'limiter' } } }));
  expect(Item).toEqual({
    id: { S: 'limiter' },
    leasedUntil: { N: '2' },
    leaseHolder: { S: 'a' },
    next: { N: '1767323046679000' },
    left: { N: '999999999997' },
    share: { N: '0.75' },
    slowedAt: { N: '1767323045678' },
  });
});

test('takes attributes of a strange type for absent ones', async () => {
  const table = await makeTable();
  const Item = {
    id: { S: 'limiter' },
    next: { S: 'soon' },
    rate: { N: '14' },
    share: { N: '0.5' },
    left: { NULL: true },
  };
  await client.send(new PutItemCommand({ TableName: table, Item }));
  expect(await new DynamoDbLimiter({ client, table }).read()).toEqual({ rate: 14 });
});

test('throws where the table cannot say, instead of taking it for a refusal', async () => {
  const store = new DynamoDbLimiter({ client, table: 'no-such-table' });
  await expect(store.read()).rejects.toThrow(ResourceNotFoundException);
  await expect(store.claim({ recipients: 1, span: 1, from: { add: [0, 1] } })).rejects.toThrow(
    ResourceNotFoundException,
  );
});

test('is what ten senders can share: their slots never overlap', async () => {
  const table = await makeTable();
  const time = new VirtualTime();
  const quota = { read: async () => ({ maxSendRate: 14, max24HourSend: 200, sentLast24Hours: 0 }) };
  const senders = Array.from({ length: 10 }, (_, i) =>
    makeLimiter({
      store: new DynamoDbLimiter({ client, table }),
      quota,
      log: new RecordedLog(),
      holder: `sender-${i}`,
      now: time.now,
      sleep: async () => new Promise(setImmediate),
    }),
  );
  await senders[0]?.reserve([1], time.now() + 60_000);
  const until = time.now() + 60_000;
  const reserved = await Promise.all([...senders, ...senders].map((sender) => sender.reserve([3, 2], until)));
  const slots = reserved.flatMap(({ slots }) => slots as number[]).sort((a, b) => a - b);
  expect(slots).toHaveLength(40);
  for (const [i, slot] of slots.slice(1).entries()) expect(slot - (slots[i] ?? 0)).toBeGreaterThan(2 * 73);
  expect((await new DynamoDbLimiter({ client, table }).read()).left).toBe(200 - 1 - 100);
});
