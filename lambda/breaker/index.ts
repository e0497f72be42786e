import { breakerSettings } from '../../adapters/breaker-settings.ts';
import { cloudWatchClient } from '../../adapters/cloudwatch-client.ts';
import { CloudWatchMetrics } from '../../adapters/cloudwatch-metrics.ts';
import { DynamoDbBreaker } from '../../adapters/dynamodb-breaker.ts';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { required } from '../../adapters/environment.ts';
import { observing } from '../../adapters/observing.ts';
import { sesSending } from '../../adapters/ses-sending.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import { snsClient, snsNotices } from '../../adapters/sns-notices.ts';
import { limitsOf } from '../../core/breaker/limits.ts';
import { metricRates } from '../../core/breaker/metric-rates.ts';
import type { Pausable } from '../../core/breaker/sending.ts';
import { Env } from '../../core/contract/index.ts';
import { makeHandler } from './handler.ts';

const { env } = process;
const settings = breakerSettings(env);
const pausable: Pausable = settings.account
  ? { kind: 'account' }
  : { kind: 'configuration-set', name: required(env, Env.CONFIGURATION_SET) };
const ses = new CloudWatchMetrics({ client: cloudWatchClient() });
const counts =
  settings.countedIn === undefined
    ? ses
    : new CloudWatchMetrics({ client: cloudWatchClient({ region: settings.countedIn }) });

/** See {@link makeHandler}. */
export const handler = makeHandler({
  pausable,
  sending: sesSending(sesV2Client({ maxAttempts: 6 }), pausable),
  rates: metricRates({ counts, ses, pausable, volume: settings.volume }),
  store: new DynamoDbBreaker({ client: dynamoDbClient(), table: required(env, Env.MESSAGES_TABLE) }),
  notices: snsNotices(snsClient(), required(env, Env.ALARM_TOPIC)),
  limits: limitsOf(settings),
  options: required(env, Env.COMMAND_OPTIONS),
  ...observing(),
  now: Date.now,
});
