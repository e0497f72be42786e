import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { emfCounts } from '../../adapters/emf-counts.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { powertoolsLog } from '../../adapters/powertools-log.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import { fingerprint } from '../../core/address/fingerprint.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;

export const handler = makeHandler({
  ledger: new DynamoDbLedger({ client: dynamoDbClient(), table: required(env, Env.TABLE) }),
  deadLetters: new SqsDeadLetters({ client: sqsClient(), queueUrl: required(env, Env.DEAD_LETTER_QUEUE) }),
  policy: policyFrom(env),
  log: powertoolsLog(),
  counts: emfCounts(),
  fingerprint: fingerprint(required(env, Env.LOG_KEY)),
});
