import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLimiter } from '../../adapters/dynamodb-limiter.ts';
import { type Environment, required } from '../../adapters/environment.ts';
import { sleep } from '../../adapters/pause.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import { sqsPostpone } from '../../adapters/sqs-postpone.ts';
import { Env } from '../../core/contract/index.ts';
import type { LimiterStore } from '../../core/rate/limiter-store.ts';
import { CONCLUDE_MS, SES_TRY_MS, sendingFrom } from '../send/from-environment.ts';
import type { QueueDeps } from './deps.ts';

/** Milliseconds for one read or write of the shared rate: a healthy one takes hundredths of that. */
export const LIMITER_MS = 2000;
/** Milliseconds to put a message anywhere: two requests of at most 1.5 seconds each, and the client's pause between them. */
export const SQS_MS = 3500;

/**
 * Milliseconds in which all is done that follows when SES has said no at the last moment. All senders are told that it
 * throttles: a write, and a read if another one was faster. The record of the send is brought to its end. Then the message
 * is put where it belongs: into the dead-letter queue, or, if that fails, back. A second is for the function itself.
 */
export const SETTLE_MS = 2 * LIMITER_MS + CONCLUDE_MS + 2 * SQS_MS + 1000;

/**
 * A mail that is begun at the last moment asks for its key and the list, and then takes the key. If each of these takes as
 * long as can be, the mail is late and the key is given back, all of it within the time of a try: else the next one would
 * find a key in use, and take the mail for sent.
 */
export const TABLE_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
} satisfies DynamoDBClientConfig;

/** SES is asked once a slot: another try would be outside of it. */
const RATE_TRIES = 1;

/** What the queue function needs, but for what is loaded beside the rest. */
export interface QueueFromEnvironment extends Omit<QueueDeps, 'log' | 'counts' | 'limiter'> {
  /** What its limiter is made of. */
  readonly store: LimiterStore;
}

/**
 * What the queue function is made of, by what the stack tells it.
 *
 * @param clients - for the tables, and for both queues
 * @throws EnvironmentIncomplete naming the variable that is missing
 */
export const queueFrom = (
  env: Environment,
  {
    dynamoDb = dynamoDbClient(TABLE_CLIENT),
    sqs = sqsClient(),
  }: { readonly dynamoDb?: DynamoDBClient; readonly sqs?: SQSClient } = {},
): QueueFromEnvironment => {
  const table = required(env, Env.MESSAGES_TABLE);
  const { sends, ...sending } = sendingFrom(env, dynamoDb, RATE_TRIES);
  if (sends === undefined)
    throw new Error(`${Env.IDEMPOTENCY} is off: without keys a message delivered twice mails twice`);
  const queue = (name: string) => ({ client: sqs, queueUrl: required(env, name), withinMs: SQS_MS });
  return {
    ...sending,
    sends,
    store: new DynamoDbLimiter({ client: dynamoDb, table, withinMs: LIMITER_MS }),
    deadLetters: new SqsDeadLetters(queue(Env.SEND_DEAD_LETTER_QUEUE)),
    postpone: sqsPostpone(queue(Env.SEND_QUEUE)),
    sleep,
    random: Math.random,
    tryMs: SES_TRY_MS + SETTLE_MS,
  };
};
