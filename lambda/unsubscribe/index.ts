import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { policyFrom, required } from '../../adapters/environment.ts';
import { early } from '../../adapters/lazy.ts';
import { unsubscribeKeys } from '../../adapters/unsubscribe-keys.ts';
import { fingerprint } from '../../core/address/fingerprint.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
/** Gives up soon enough to say so: keys, read and write together take less than the ten seconds of the function. */
const client = dynamoDbClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
});
const deps = {
  ledger: new DynamoDbLedger({ client, table: required(env, Env.TABLE) }),
  keys: unsubscribeKeys({ secretId: required(env, Env.UNSUBSCRIBE_SECRET) }),
  policy: policyFrom(env),
  now: Date.now,
  fingerprint: fingerprint(required(env, Env.LOG_KEY)),
} satisfies Partial<Parameters<typeof makeHandler>[0]>;
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler = async (event: unknown) => (await ready())(event);
