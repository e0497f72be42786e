import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { DynamoDbMessageIds } from '../../adapters/dynamodb-message-ids.ts';
import { DynamoDbSends } from '../../adapters/dynamodb-sends.ts';
import { type Environment, policyFrom, required } from '../../adapters/environment.ts';
import { early, lazy } from '../../adapters/lazy.ts';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS, sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import { Env } from '../../core/contract/index.ts';
import type { SendDeps } from '../../core/send/send.ts';
import type { UnsubscribeLinks } from '../../core/unsubscribe/unsubscribe-links.ts';
import type { RecipientCounts } from './count-recipients.ts';

/** Milliseconds until SES has certainly answered, or never will. */
export const SES_TRY_MS = SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS;

/**
 * Milliseconds in which what SES said is written down, or never will be: two requests of at most 1.5 seconds each, the
 * client's pause between them, and whatever a third one can do in the rest.
 */
export const CONCLUDE_MS = 4000;

/** Milliseconds from the answer of SES to the answer of the function, at the most: both records are written side by side. */
export const ANSWER_MS = CONCLUDE_MS + 1000;

/** What sending needs, but for what is loaded beside the rest. */
type FromEnvironment = Omit<SendDeps, 'log' | 'counts' | 'keepAnswers' | 'endsAt'> & Pick<RecipientCounts, 'streams'>;

const names = (list: string | undefined): string[] => (list ?? '').split(',').filter(Boolean);

/** What is remembered of sends, as far as the stack keeps any of it. */
const memory = (env: Environment, client: DynamoDBClient): Pick<SendDeps, 'sends' | 'messageIds'> => {
  const table = env[Env.MESSAGES_TABLE];
  if (!table) return {};
  const messageIds = new DynamoDbMessageIds({ client, table, rememberMs: CONCLUDE_MS });
  if (env[Env.IDEMPOTENCY] === 'off') return { messageIds };
  return { messageIds, sends: new DynamoDbSends({ client, table, concludeMs: CONCLUDE_MS }) };
};

/** Links are signed with a secret: what reads it is loaded with the first link. */
const linksTo = (env: Environment): { readonly unsubscribe?: UnsubscribeLinks } => {
  const url = env[Env.UNSUBSCRIBE_URL];
  if (!url) return {};
  const secretId = required(env, Env.UNSUBSCRIBE_SECRET);
  const links = lazy(async () =>
    (await import('../../adapters/unsubscribe-links.ts')).unsubscribeLinks({ url, secretId }),
  );
  return { unsubscribe: { link: async (address, stream) => (await links()).link(address, stream) } };
};

/**
 * What the functions that send are made of, by what the stack tells them.
 *
 * @param client - for both tables
 * @param rateTries - see `SesMailerOptions`
 * @throws EnvironmentIncomplete naming the variable that is missing
 */
export const sendingFrom = (env: Environment, client: DynamoDBClient, rateTries?: number): FromEnvironment => {
  const configurationSet = required(env, Env.CONFIGURATION_SET);
  const streams = names(env[Env.STREAMS]);
  const composer = early(async () => (await import('../../adapters/compose-mime.ts')).composeMime);
  return {
    ledger: new DynamoDbLedger({ client, table: required(env, Env.TABLE) }),
    mailer: new SesMailer({ client: sesClient(), ...(rateTries === undefined ? {} : { rateTries }) }),
    compose: async (parts) => (await composer())(parts),
    policy: policyFrom(env),
    configurationSet,
    configurationSets: [...new Set([configurationSet, ...names(env[Env.CONFIGURATION_SETS])])],
    now: Date.now,
    ...memory(env, client),
    ...linksTo(env),
    ...(streams.length === 0 ? {} : { streams: new Set(streams) }),
  };
};
