import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { cloudWatchClient } from '../../adapters/cloudwatch-client.ts';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { sesSettingsClient } from '../../adapters/ses-settings-client.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import { snsClient } from '../../adapters/sns-notices.ts';
import { sqsClient } from '../../adapters/sqs-client.ts';
import { Output } from '../../core/contract/index.ts';
import type { OpenedDoctor } from '../dependencies.ts';
import { type Dns, NotHereLocally, type Stacks, type Topics } from '../doctor/ports.ts';
import { realDns } from '../doctor/real/dns.ts';
import { realMetrics } from '../doctor/real/metrics.ts';
import { realPauses } from '../doctor/real/pauses.ts';
import { realQueues } from '../doctor/real/queues.ts';
import { realSesSettings } from '../doctor/real/ses-settings.ts';
import { realStacks } from '../doctor/real/stacks.ts';
import { realTables } from '../doctor/real/tables.ts';
import { realTopics } from '../doctor/real/topics.ts';
import { findDeployment } from './deployment.ts';
import type { Target } from './target.ts';

const absent = (why: string) => (): Promise<never> => Promise.reject(new NotHereLocally(why));

const NO_SNS = absent('the local topic takes every message and has no settings');
const LOCAL_TOPICS: Topics = { topic: NO_SNS, subscriptions: NO_SNS };
const NO_STACKS = absent('there is no CloudFormation');
const LOCAL_STACKS: Stacks = { tablesOfStacks: NO_STACKS, ownerOf: NO_STACKS };
const LOCAL_DNS: Dns = { txt: absent('a local cloud asks no DNS') };

/**
 * Finds a deployment and opens everything that the checks look at.
 *
 * @throws CliError what kept it from being found
 */
export const openDoctor = async (target: Target): Promise<OpenedDoctor> => {
  const deployment = await findDeployment(target);
  const { local } = deployment;
  const region = deployment.region === undefined ? {} : { region: deployment.region };
  const dynamodb = dynamoDbClient(deployment.config('dynamodb'));
  const v2 = sesV2Client(deployment.config('ses'));
  const v1 = sesSettingsClient(deployment.config('ses'));
  const sqs = sqsClient(deployment.config('sqs'));
  const cloudwatch = cloudWatchClient(deployment.config('cloudwatch'));
  const sns = snsClient(region);
  const cloudformation = new CloudFormationClient({ maxAttempts: 3, ...region });
  const dns = realDns();
  const closed = new AbortController();
  const sleep = (millis: number) => wait(millis, undefined, { signal: closed.signal });
  const clients = [dynamodb, v2, v1, sqs, cloudwatch, sns, cloudformation];
  return {
    deployment,
    ports: {
      ses: realSesSettings(v2, v1, { sleep }),
      topics: local ? LOCAL_TOPICS : realTopics(sns),
      queues: realQueues(sqs),
      tables: realTables(dynamodb, local),
      metrics: realMetrics(cloudwatch, local, Date.now),
      dns: local ? LOCAL_DNS : dns,
      stacks: local ? LOCAL_STACKS : realStacks(cloudformation),
      pauses: realPauses(dynamodb, deployment.output(Output.MESSAGES_TABLE_NAME)),
    },
    close: () => {
      // a look that still runs waits for its turn at SES no longer
      closed.abort();
      for (const client of clients) client.destroy();
      dns.close();
    },
  };
};
