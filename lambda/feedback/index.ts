import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { dynamoDbSettling } from '../../adapters/dynamodb-settling.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early, lazy } from '../../adapters/lazy.ts';
import { fingerprint } from '../../core/address/fingerprint.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
const queueUrl = required(env, Env.DEAD_LETTER_QUEUE);
const table = required(env, Env.TABLE);
const client = dynamoDbClient();
/** Unreadable messages are rare: their client is loaded with the first. */
const parking = lazy(async () => (await import('./sqs-parking.ts')).sqsParking(queueUrl));

const messagesTable = env[Env.MESSAGES_TABLE];
const deps = {
  ledger: new DynamoDbLedger({ client, table }),
  deadLetters: { park: async (letter) => (await parking()).park(letter) },
  policy: policyFrom(env),
  fingerprint: fingerprint(required(env, Env.LOG_KEY)),
  // without that table nobody sends with a key
  ...(messagesTable
    ? { settling: dynamoDbSettling({ client, table, messagesTable, region: required(env, 'AWS_REGION') }) }
    : {}),
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler = async (event: unknown) => (await ready())(event);
