import { randomUUID } from 'node:crypto';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLimiter } from '../../adapters/dynamodb-limiter.ts';
import { required } from '../../adapters/environment.ts';
import { early } from '../../adapters/lazy.ts';
import { sleep } from '../../adapters/pause.ts';
import { sesQuotaClient, sesSendQuota } from '../../adapters/ses-send-quota.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import { sqsPostpone } from '../../adapters/sqs-postpone.ts';
import { Env } from '../../core/contract/index.ts';
import { makeLimiter } from '../../core/rate/limiter.ts';
import { SES_TRY_MS, sendingFrom } from '../send/from-environment.ts';
import { makeHandler, type QueueHandler } from './handler.ts';

/** Milliseconds to write down what SES said, and to put the message where it belongs. */
const SETTLE_MS = 7000;

const { env } = process;
const client = dynamoDbClient();
const sqs = sqsClient();
const table = required(env, Env.MESSAGES_TABLE);
const deps = {
  ...sendingFrom(env, client, 1),
  deadLetters: new SqsDeadLetters({ client: sqs, queueUrl: required(env, Env.SEND_DEAD_LETTER_QUEUE) }),
  postpone: sqsPostpone({ client: sqs, queueUrl: required(env, Env.SEND_QUEUE) }),
  sleep,
  random: Math.random,
  tryMs: SES_TRY_MS + SETTLE_MS,
};
const ready = early(async () => {
  const observing = (await import('../../adapters/observing.ts')).observing();
  const store = new DynamoDbLimiter({ client, table });
  const quota = sesSendQuota(sesQuotaClient());
  const limiter = makeLimiter({ store, quota, holder: randomUUID(), now: Date.now, sleep, log: observing.log });
  return makeHandler({ ...deps, ...observing, limiter });
});

/** See {@link makeHandler}. */
export const handler: QueueHandler = async (event, context) => (await ready())(event, context);
