import { BatchGetItemCommand, type BatchGetItemCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Attributes } from '../../adapters/attributes.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { encodeEntry, encodeKey } from '../../adapters/entry-codec.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import { entryOf, keyOf, NOW } from './samples.ts';

const TABLE = 'list';
const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamo = mockClient(client);
const pauses: number[] = [];
const ledger = new DynamoDbLedger({
  client,
  table: TABLE,
  random: () => 0.5,
  sleep: async (millis) => {
    pauses.push(millis);
  },
});

beforeEach(() => {
  dynamo.reset();
  pauses.length = 0;
});

const keys = (count: number): EntryKey[] => Array.from({ length: count }, (_, i) => keyOf(`pat${i}`));
const asked = (input: BatchGetItemCommandInput): Attributes[] => input.RequestItems?.[TABLE]?.Keys ?? [];
const inputs = (): BatchGetItemCommandInput[] =>
  dynamo.commandCalls(BatchGetItemCommand).map((call) => call.args[0].input);
const itemOf = (key: Attributes): Attributes => ({
  ...encodeEntry(entryOf(keyOf('x')), { status: 'watched' }, { version: 'v', updatedAt: NOW }),
  ...key,
});
const unprocessed = (left: Attributes[]) => (left.length === 0 ? {} : { UnprocessedKeys: { [TABLE]: { Keys: left } } });

test('asks for 100 different keys a request, consistently', async () => {
  dynamo.on(BatchGetItemCommand).callsFake(async (input) => ({ Responses: { [TABLE]: asked(input).map(itemOf) } }));
  const { found } = await ledger.read([...keys(230), ...keys(230)]);
  expect(found.size).toBe(230);
  expect(inputs().map((input) => asked(input).length)).toEqual([100, 100, 30]);
  expect(inputs().every((input) => input.RequestItems?.[TABLE]?.ConsistentRead)).toBe(true);
});

test('has at most four requests under way', async () => {
  let open = 0;
  let most = 0;
  dynamo.on(BatchGetItemCommand).callsFake(async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise(setImmediate);
    open -= 1;
    return {};
  });
  await ledger.read(keys(1000));
  expect(most).toBe(4);
  expect(inputs()).toHaveLength(10);
});

test('asks for key and standing alone, by name, for the check before a send', async () => {
  dynamo.on(BatchGetItemCommand).resolves({});
  await ledger.standings(keys(1));
  expect(inputs()[0]?.RequestItems?.[TABLE]).toMatchObject({
    ConsistentRead: true,
    ProjectionExpression: '#a0, #a1, #a2, #a3, #a4, #a5',
    ExpressionAttributeNames: {
      '#a0': 'address',
      '#a1': 'scope',
      '#a2': 'status',
      '#a3': 'reason',
      '#a4': 'since',
      '#a5': 'until',
    },
  });
});

test('asks again for the keys that were left unprocessed, in the same way, and takes longer each time', async () => {
  let tries = 0;
  dynamo.on(BatchGetItemCommand).callsFake(async (input) => {
    tries += 1;
    const done = tries === 3 ? asked(input) : asked(input).slice(0, 1);
    return { Responses: { [TABLE]: done.map(itemOf) }, ...unprocessed(asked(input).slice(done.length)) };
  });
  const { found, failed } = await ledger.standings(keys(5));
  expect([found.size, failed.size]).toEqual([5, 0]);
  expect(inputs().map((input) => asked(input).length)).toEqual([5, 4, 3]);
  expect(new Set(inputs().map((input) => input.RequestItems?.[TABLE]?.ProjectionExpression)).size).toBe(1);
  expect(inputs()[2]?.RequestItems?.[TABLE]?.ConsistentRead).toBe(true);
  expect(pauses).toEqual([19, 38]);
});

test('gives up on keys that stay unprocessed and fails those alone', async () => {
  dynamo.on(BatchGetItemCommand).callsFake(async (input) => {
    const stuck = asked(input).filter((key) => key.address?.S === 'pat7@target.example');
    const done = asked(input).filter((key) => !stuck.includes(key));
    return { Responses: { [TABLE]: done.map(itemOf) }, ...unprocessed(stuck) };
  });
  const { found, failed } = await ledger.read(keys(10));
  expect(found.size).toBe(9);
  expect([...failed.keys()]).toEqual([keyText(keyOf('pat7'))]);
  expect(failed.get(keyText(keyOf('pat7')))?.message).toBe(
    'DynamoDB left 1 keys unprocessed after 6 tries; read them again later',
  );
  expect(inputs()).toHaveLength(6);
});

test('knows that a key has no entry when only others were left unprocessed', async () => {
  dynamo
    .on(BatchGetItemCommand)
    .resolvesOnce({ Responses: { [TABLE]: [] }, ...unprocessed([encodeKey(keyOf('pat2'))]) })
    .rejects(new Error('throttled'));
  const { found, failed } = await ledger.read(keys(5));
  expect(found.size).toBe(0);
  expect([...failed.keys()]).toEqual([keyText(keyOf('pat2'))]);
});

test('fails the keys of the one request that fails, less those it had brought before', async () => {
  dynamo.on(BatchGetItemCommand).callsFake(async (input) => {
    if (asked(input).length === 100) return { Responses: { [TABLE]: asked(input).map(itemOf) } };
    if (asked(input).length < 20) throw new Error('throttled');
    return { Responses: { [TABLE]: asked(input).slice(0, 1).map(itemOf) }, ...unprocessed(asked(input).slice(1)) };
  });
  const { found, failed } = await ledger.read(keys(120));
  expect(found.size).toBe(101);
  expect(failed.size).toBe(19);
  expect(new Set([...failed.values()].map((fault) => fault.message))).toEqual(new Set(['throttled']));
});
