import { type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { DynamoDbBreaker } from '../../adapters/dynamodb-breaker.ts';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { MemoryBreaker } from '../../adapters/memory-breaker.ts';
import { SET, stateOf } from '../core/breaker/samples.ts';
import { describeBreakerStore } from './breaker-contract.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { createMessagesTable, itemsOf, loseFirstAnswers } from './messages-harness.ts';

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

describeBreakerStore('memory', async () => {
  const store = new MemoryBreaker();
  return [store, store];
});
describeBreakerStore('DynamoDB', async () => {
  const table = await makeTable();
  return [new DynamoDbBreaker({ client, table }), new DynamoDbBreaker({ client: local.client(), table })];
});

test('keeps one item that never expires', async () => {
  const table = await makeTable();
  const version = await new DynamoDbBreaker({ client, table }).write(SET, stateOf(), undefined);
  expect(await itemsOf(client, table).get('breaker#mine')).toEqual({
    id: { S: 'breaker#mine' },
    version: { S: version },
    state: { S: '{"phase":"running","disarmed":[]}' },
  });
});

test('knows its own write again where the answer was lost and the client repeats it', async () => {
  const table = await makeTable();
  const patient = dynamoDbClient(local.config);
  const { lost } = loseFirstAnswers(patient, 'PutItemCommand');
  const store = new DynamoDbBreaker({ client: patient, table });
  const first = await store.write(SET, stateOf(), undefined);
  const second = await store.write(SET, stateOf({ disarmed: ['bounces'] }), first);
  expect(await store.read(SET)).toEqual({ state: stateOf({ disarmed: ['bounces'] }), version: second });
  expect(lost()).toBe(2);
  patient.destroy();
});

test.each([
  [{ version: { S: 'x' } }],
  [{ version: { S: 'x' }, state: { S: '{' } }],
  [{ version: { S: 'x' }, state: { S: '{"phase":"sleeping","disarmed":[]}' } }],
  [{ version: { S: 'x' }, state: { S: '{"phase":"paused","pause":{"at":"yesterday","by":"breaker"},"disarmed":[]}' } }],
  [{ state: { S: '{"phase":"running","disarmed":[]}' } }],
])('refuses an item it cannot read: %j', async (item) => {
  const table = await makeTable();
  await itemsOf(client, table).put({ id: { S: 'breaker#mine' }, ...item });
  await expect(new DynamoDbBreaker({ client, table }).read(SET)).rejects.toMatchObject({
    code: 'BreakerStateUnreadable',
  });
});

test('throws where the table cannot say, instead of taking it for a lost write', async () => {
  const store = new DynamoDbBreaker({ client, table: 'no-such-table' });
  await expect(store.read(SET)).rejects.toThrow(ResourceNotFoundException);
  await expect(store.write(SET, stateOf(), undefined)).rejects.toThrow(ResourceNotFoundException);
});
