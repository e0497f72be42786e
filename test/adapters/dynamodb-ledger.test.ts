import {
  BatchGetItemCommand,
  type BatchGetItemInput,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { encodeKey } from '../../adapters/entry-codec.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { keyText } from '../../core/entry/entry.ts';
import { learn } from '../../core/ledger/learn.ts';
import { describeLedger } from './ledger-contract.ts';
import { type LedgerHarness, seeded } from './ledger-harness.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { describeRecent } from './recent-contract.ts';
import { describeRemoval } from './removal-contract.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';
import { describeScan } from './scan-contract.ts';

let local: LocalDynamoDb;
let tables = 0;
beforeAll(async () => {
  local = await startDynamoDb();
});
afterAll(() => local.close());

type Fault = (command: string, input: unknown, go: (input: unknown) => Promise<unknown>) => Promise<unknown>;

/** Puts a fault between the caller and everything the client does. */
const inject = (client: DynamoDBClient, fault: Fault): void => {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const go = async (input: unknown) => (await next({ ...args, input: input as typeof args.input })).output;
      const output = await fault(String(context.commandName), args.input, go);
      return { output: output as never, response: undefined };
    },
    { name: 'fault', step: 'initialize' },
  );
};

const throttled = (): Error =>
  Object.assign(new Error('The level of configured provisioned throughput was exceeded'), {
    name: 'ProvisionedThroughputExceededException',
  });

/** Leaves every other key unprocessed, the first one too. */
const halfDone = async (input: BatchGetItemInput, go: (input: unknown) => Promise<unknown>): Promise<unknown> => {
  const [[table, asked] = ['', undefined]] = Object.entries(input.RequestItems ?? {});
  const keys = asked?.Keys ?? [];
  const now = keys.filter((_, i) => i % 2 === 1);
  const answer = now.length === 0 ? {} : await go({ RequestItems: { [table]: { ...asked, Keys: now } } });
  const UnprocessedKeys = { [table]: { ...asked, Keys: keys.filter((_, i) => i % 2 === 0) } };
  return { ...(answer as object), UnprocessedKeys };
};

const make = async (): Promise<LedgerHarness> => {
  tables += 1;
  const table = `list-${tables}`;
  await local.createTable(table);
  const clock = { now: NOW };
  const random = seeded(11);
  let readsFail = false;
  let disturbed = false;
  let nextWrite: 'fails' | 'unanswered' | undefined;
  let written = 0;
  const fault: Fault = async (command, input, go) => {
    if (disturbed && random() < 0.15) throw throttled();
    if (command === BatchGetItemCommand.name) {
      if (readsFail) throw throttled();
      return disturbed && random() < 0.3 ? halfDone(input as BatchGetItemInput, go) : go(input);
    }
    if (command !== PutItemCommand.name) return go(input);
    const plan = nextWrite;
    nextWrite = undefined;
    if (plan === 'fails') throw throttled();
    const answer = await go(input);
    written += 1;
    if (plan === 'unanswered' || (disturbed && random() < 0.1)) throw new Error('socket hang up');
    return answer;
  };
  const plain = local.client();
  const ledgerWith = (client: DynamoDBClient): DynamoDbList => {
    inject(client, fault);
    return new DynamoDbList({ client, table, now: () => clock.now, sleep: async () => undefined, random });
  };
  return {
    ledger: ledgerWith(local.client()),
    rival: ledgerWith(local.client()),
    clock,
    item: async (key) => (await plain.send(new GetItemCommand({ TableName: table, Key: encodeKey(key) }))).Item,
    put: async (Item) => {
      await plain.send(new PutItemCommand({ TableName: table, Item }));
    },
    writes: () => written,
    failReads: () => {
      readsFail = true;
    },
    failNextWrite: () => {
      nextWrite = 'fails';
    },
    loseNextAnswer: () => {
      nextWrite = 'unanswered';
    },
    disturb: () => {
      disturbed = true;
    },
  };
};

describeLedger('DynamoDB', make);
describeRecent('DynamoDB', make);
describeScan('DynamoDB', make);
describeRemoval('DynamoDB', make);

test('takes a write that the client repeated, because its answer was lost, for its own', async () => {
  await local.createTable('repeated');
  const client = dynamoDbClient(local.config);
  let answers = 0;
  client.middlewareStack.addRelativeTo(
    <Arguments, Answer>(next: (args: Arguments) => Promise<Answer>, context: { readonly commandName?: string }) =>
      async (args: Arguments): Promise<Answer> => {
        const answer = await next(args);
        if (context.commandName !== PutItemCommand.name) return answer;
        answers += 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
    { name: 'loseAnswer', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
  const ledger = new DynamoDbList({ client, table: 'repeated', now: () => NOW });
  const delta = entryOf(keyOf('pat'), evidenceOf('complaint', NOW));
  const learnt = await learn(ledger, [delta], DEFAULT_POLICY);
  client.destroy();
  expect(learnt.get(keyText(delta))?.outcome).toBe('unchanged');
  expect(answers).toBe(1);
});
