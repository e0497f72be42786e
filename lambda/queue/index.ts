import { randomUUID } from 'node:crypto';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { DynamoDbLimiter } from '../../adapters/dynamodb-limiter.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early, lazy } from '../../adapters/lazy.ts';
import { sleep } from '../../adapters/pause.ts';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS, sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import { sesQuotaClient, sesSendQuota } from '../../adapters/ses-send-quota.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import { sqsPostpone } from '../../adapters/sqs-postpone.ts';
import { Env } from '../../core/contract/index.ts';
import { makeLimiter } from '../../core/rate/limiter.ts';
import type { UnsubscribeLinks } from '../../core/unsubscribe/unsubscribe-links.ts';
import { makeHandler, type QueueHandler } from './handler.ts';

/** Milliseconds to write down what SES said, and to put the message where it belongs. */
const SETTLE_MS = 7000;

const { env } = process;
const configurationSet = required(env, Env.CONFIGURATION_SET);
const client = dynamoDbClient();
const sqs = sqsClient();
const table = required(env, Env.MESSAGES_TABLE);

/** Links are signed with a secret: what reads it is loaded with the first link. */
const linksTo = (url: string | undefined): { readonly unsubscribe?: UnsubscribeLinks } => {
  if (!url) return {};
  const secretId = required(env, Env.UNSUBSCRIBE_SECRET);
  const links = lazy(async () =>
    (await import('../../adapters/unsubscribe-links.ts')).unsubscribeLinks({ url, secretId }),
  );
  return { unsubscribe: { link: async (address, stream) => (await links()).link(address, stream) } };
};

const composer = early(async () => (await import('../../adapters/compose-mime.ts')).composeMime);
const deps = {
  ledger: new DynamoDbLedger({ client, table: required(env, Env.TABLE) }),
  mailer: new SesMailer({ client: sesClient(), rateTries: 1 }),
  compose: async (parts) => (await composer())(parts),
  policy: policyFrom(env),
  configurationSet,
  configurationSets: [...new Set([configurationSet, ...(env[Env.CONFIGURATION_SETS] ?? '').split(',')])].filter(
    Boolean,
  ),
  sends: new DynamoDbSends({ client, table }),
  messageIds: new DynamoDbMessageIds({ client, table }),
  deadLetters: new SqsDeadLetters({ client: sqs, queueUrl: required(env, Env.SEND_DEAD_LETTER_QUEUE) }),
  postpone: sqsPostpone({ client: sqs, queueUrl: required(env, Env.SEND_QUEUE) }),
  now: Date.now,
  sleep,
  random: Math.random,
  tryMs: SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS + SETTLE_MS,
  ...linksTo(env[Env.UNSUBSCRIBE_URL]),
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => {
  const observing = (await import('../../adapters/observing.ts')).observing();
  const store = new DynamoDbLimiter({ client, table });
  const quota = sesSendQuota(sesQuotaClient());
  const limiter = makeLimiter({ store, quota, holder: randomUUID(), now: Date.now, sleep, log: observing.log });
  return makeHandler({ ...deps, ...observing, limiter });
});

/** See {@link makeHandler}. */
export const handler: QueueHandler = async (event, context) => (await ready())(event, context);
