import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early, lazy } from '../../adapters/lazy.ts';
import { fingerprint } from '../../core/address/fingerprint.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
const queueUrl = required(env, Env.DEAD_LETTER_QUEUE);
/** Unreadable messages are rare: their client is loaded with the first. */
const parking = lazy(async () => (await import('./sqs-parking.ts')).sqsParking(queueUrl));
const deps = {
  ledger: new DynamoDbLedger({ client: dynamoDbClient(), table: required(env, Env.TABLE) }),
  deadLetters: { park: async (letter) => (await parking()).park(letter) },
  policy: policyFrom(env),
  fingerprint: fingerprint(required(env, Env.LOG_KEY)),
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler = async (event: unknown) => (await ready())(event);
