import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { emfCounts } from '../../adapters/emf-counts.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { lazy } from '../../adapters/lazy.ts';
import { powertoolsLog } from '../../adapters/powertools-log.ts';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS, sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
/** Loaded with the first mail: a request that sends nothing does without. */
const composer = lazy(async () => (await import('../../adapters/compose-mime.ts')).composeMime);
/** Milliseconds to answer in after SES did. */
const ANSWER_MS = 1000;
const configurationSet = required(env, Env.CONFIGURATION_SET);

export const handler = makeHandler({
  ledger: new DynamoDbLedger({ client: dynamoDbClient(), table: required(env, Env.TABLE) }),
  mailer: new SesMailer({ client: sesClient() }),
  compose: async (parts) => (await composer())(parts),
  policy: policyFrom(env),
  configurationSet,
  configurationSets: [configurationSet, ...(env[Env.CONFIGURATION_SETS] ?? '').split(',').filter((set) => set !== '')],
  now: Date.now,
  tryMs: SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS + ANSWER_MS,
  counts: emfCounts(),
  log: powertoolsLog(),
});
