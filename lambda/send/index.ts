import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early, lazy } from '../../adapters/lazy.ts';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS, sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import { Env } from '../../core/contract/index.ts';
import type { UnsubscribeLinks } from '../../core/unsubscribe/unsubscribe-links.ts';
import { makeHandler, type SendHandler } from './handler.ts';

/** Milliseconds to write down what SES said, and to answer. */
const ANSWER_MS = 5000;

const { env } = process;
const configurationSet = required(env, Env.CONFIGURATION_SET);
const client = dynamoDbClient();

/** What is remembered of sends, as far as the stack keeps any of it. */
const memory = (table: string | undefined, idempotency: string | undefined) =>
  table
    ? {
        messageIds: new DynamoDbMessageIds({ client, table }),
        ...(idempotency === 'off' ? {} : { sends: new DynamoDbSends({ client, table }) }),
      }
    : {};

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
  mailer: new SesMailer({ client: sesClient() }),
  compose: async (parts) => (await composer())(parts),
  policy: policyFrom(env),
  configurationSet,
  configurationSets: [...new Set([configurationSet, ...(env[Env.CONFIGURATION_SETS] ?? '').split(',')])].filter(
    Boolean,
  ),
  now: Date.now,
  tryMs: SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS + ANSWER_MS,
  ...memory(env[Env.MESSAGES_TABLE], env[Env.IDEMPOTENCY]),
  ...linksTo(env[Env.UNSUBSCRIBE_URL]),
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler: SendHandler = async (event, context) => (await ready())(event, context);
