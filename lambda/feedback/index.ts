import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { emfCounts } from '../../adapters/emf-counts.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { lazy } from '../../adapters/lazy.ts';
import { powertoolsLog } from '../../adapters/powertools-log.ts';
import { fingerprint } from '../../core/address/fingerprint.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
const queueUrl = required(env, Env.DEAD_LETTER_QUEUE);
/** Unreadable messages are rare: their client is loaded with the first. */
const parking = lazy(async () => (await import('./sqs-parking.ts')).sqsParking(queueUrl));

export const handler = makeHandler({
  ledger: new DynamoDbLedger({ client: dynamoDbClient(), table: required(env, Env.TABLE) }),
  deadLetters: { park: async (letter) => (await parking()).park(letter) },
  policy: policyFrom(env),
  log: powertoolsLog(),
  counts: emfCounts(),
  fingerprint: fingerprint(required(env, Env.LOG_KEY)),
});
