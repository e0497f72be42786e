import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early } from '../../adapters/lazy.ts';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS, sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler, type SendHandler } from './handler.ts';

/** Milliseconds to answer in after SES did. */
const ANSWER_MS = 1000;

const { env } = process;
const configurationSet = required(env, Env.CONFIGURATION_SET);
const composer = early(async () => (await import('../../adapters/compose-mime.ts')).composeMime);
const deps = {
  ledger: new DynamoDbLedger({ client: dynamoDbClient(), table: required(env, Env.TABLE) }),
  mailer: new SesMailer({ client: sesClient() }),
  compose: async (parts) => (await composer())(parts),
  policy: policyFrom(env),
  configurationSet,
  configurationSets: [...new Set([configurationSet, ...(env[Env.CONFIGURATION_SETS] ?? '').split(',')])].filter(
    Boolean,
  ),
  now: Date.now,
  tryMs: SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS + ANSWER_MS,
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler: SendHandler = async (event, context) => (await ready())(event, context);
