import { Arn, ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Output, type PolicyInput } from '../core/contract/index.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { SuppressorDashboard } from './dashboard.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { Home } from './home.ts';
import type { IdentityWiring } from './identity-wiring.ts';
import type { MessagesTable } from './messages-table.ts';
import type { SendQueue } from './send-queue.ts';
import type { SendingDomain } from './sending-domain.ts';
import type { SuppressionTable } from './suppression-table.ts';

/** The parts that the outputs tell of. */
export interface StackParts {
  readonly suppressions: SuppressionTable;
  readonly feedback: FeedbackIntake;
  readonly sender: GuardedSender;
  readonly messages: MessagesTable;
  readonly queue?: SendQueue;
  readonly domains?: readonly SendingDomain[];
  readonly identities?: IdentityWiring;
  /** Where unsubscribe links lead. */
  readonly unsubscribeUrl: string | undefined;
  /** ARN of what signs them; undefined where it is a copy. */
  readonly unsubscribeSecret?: string | undefined;
  readonly alarmTopic?: AlarmTopic;
  readonly dashboard?: SuppressorDashboard;
  readonly circuitBreaker?: CircuitBreaker;
}

/** A longer policy is left out: an output is for reading. */
const MOST_POLICY_CHARACTERS = 1024;

const NO_SENDERS = 'none: add "senders" (addresses or @domains) to the configuration to let the send function send';

/** What else the outputs tell of. */
export interface OutputOptions {
  /** As it was written. */
  readonly policy?: PolicyInput;
  /** Other Regions that send beside this list. */
  readonly regions?: readonly string[];
  /** Where the list is written, if not here. */
  readonly home?: Home;
}

/** The setting by which a stack in another Region finds this one. */
const homeSetting = (
  region: string,
  { suppressions, feedback, unsubscribeUrl, unsubscribeSecret }: StackParts,
): string => {
  const setting = {
    region,
    table: suppressions.table.tableName,
    feedbackQueue: feedback.queue?.queueArn,
    ...(unsubscribeUrl === undefined ? {} : { unsubscribe: { url: unsubscribeUrl, secret: unsubscribeSecret } }),
  };
  return `"home": ${JSON.stringify(setting)}`;
};

const queueUrl = (scope: Construct, arn: string): string => {
  const { region, account, resource } = Arn.split(arn, ArnFormat.NO_RESOURCE_NAME);
  return `https://sqs.${region}.${Stack.of(scope).urlSuffix}/${account}/${resource}`;
};

/** Writes what the command line and a person need to find everything: see `Output` for each key. */
export const writeOutputs = (
  scope: Construct,
  parts: StackParts,
  { policy = {}, regions = [], home }: OutputOptions = {},
): void => {
  const { suppressions, feedback, sender, messages, queue, alarmTopic, dashboard, circuitBreaker } = parts;
  const write = (key: string, value: string, description: string) => new CfnOutput(scope, key, { value, description });
  const { tableName } = suppressions.table;
  write(Output.REGION, Stack.of(scope).region, 'Region of everything here');
  if (home === undefined) {
    write(Output.TABLE_NAME, tableName, 'Suppression table; it stays when the stack is destroyed');
    write(
      Output.KEEP_TABLE,
      `"table": { "name": "${tableName}" }`,
      'Add this to the configuration to go on with this list after cdk destroy, or in another stack',
    );
  } else {
    write(Output.TABLE_NAME, tableName, 'Copy of the suppression table, to be read only');
    write(Output.HOME_FEEDBACK_QUEUE_URL, queueUrl(scope, home.feedbackQueue), 'Queue at home that feedback goes to');
    write(Output.HOME_REGION, home.region, 'Where the list is written: --region THIS for commands that change it');
  }
  if (regions.length > 0)
    write(
      Output.HOME_SETTING,
      homeSetting(Stack.of(scope).region, parts),
      `Add this to the configuration of the stack of the same name in ${regions.join(', ')}`,
    );
  write(Output.TOPIC_ARN, feedback.source.topic.topicArn, 'Topic that SES publishes feedback to');
  if (feedback.queue !== undefined)
    write(Output.FEEDBACK_QUEUE_URL, feedback.queue.queueUrl, 'Queue in front of the feedback function');
  if (feedback.deadLetterQueue !== undefined)
    write(Output.DEAD_LETTER_QUEUE_URL, feedback.deadLetterQueue.queueUrl, 'Feedback nobody could read or apply');
  write(Output.UNDELIVERED_QUEUE_URL, feedback.undeliveredQueue.queueUrl, 'Feedback SNS could not hand over');
  if (feedback.function !== undefined)
    write(Output.FEEDBACK_FUNCTION_NAME, feedback.function.functionName, 'Reads feedback');
  write(Output.SEND_FUNCTION_NAME, sender.function.functionName, 'Asks the list, then sends: invoke it to send');
  write(Output.FAILED_SENDS_QUEUE_URL, sender.failedSends.queueUrl, 'Asynchronous sends that failed');
  write(
    Output.CONFIGURATION_SET_NAME,
    sender.configurationSet.configurationSetName,
    'Configuration set a send uses by default; mail sent with it elsewhere feeds the list too',
  );
  write(Output.CONFIGURATION_SETS, sender.configurationSetNames.join(' '), 'Every configuration set wired here');
  if (sender.streams.length > 0)
    write(Output.STREAMS, sender.streams.join(' '), 'Streams whose recipients are counted, each for itself');
  if (parts.identities !== undefined)
    write(Output.IDENTITIES, parts.identities.names.join(' '), 'Existing identities whose notifications feed the list');
  write(Output.MESSAGES_TABLE_NAME, messages.table.tableName, 'Remembers sends for 30 days; it goes with the stack');
  if (queue !== undefined) {
    write(Output.SEND_QUEUE_URL, queue.queue.queueUrl, 'Put send requests here and they go as fast as SES lets them');
    write(Output.SEND_QUEUE_ARN, queue.queue.queueArn, 'The same queue: where dead letters are moved back to');
    write(Output.SEND_DEAD_LETTER_QUEUE_URL, queue.deadLetterQueue.queueUrl, 'Queued requests nobody can send');
    write(
      Output.SEND_DEAD_LETTER_QUEUE_ARN,
      queue.deadLetterQueue.queueArn,
      'The same queue: where they are moved from',
    );
  }
  if (parts.unsubscribeUrl !== undefined)
    write(
      Output.UNSUBSCRIBE_URL,
      parts.unsubscribeUrl,
      'Where unsubscribe links lead; it must stay as long as mails do',
    );
  if (alarmTopic !== undefined)
    write(
      Output.ALARM_TOPIC_ARN,
      alarmTopic.topic.topicArn,
      'Alarms go here: aws sns subscribe --protocol email --notification-endpoint YOU --topic-arn THIS',
    );
  if (dashboard !== undefined)
    write(Output.DASHBOARD_NAME, dashboard.dashboard.dashboardName, 'Dashboard in the CloudWatch console');
  if (circuitBreaker !== undefined)
    write(Output.BREAKER_FUNCTION_NAME, circuitBreaker.function.functionName, 'Pauses sending at bad rates');
  const written = JSON.stringify(policy);
  if (written.length <= MOST_POLICY_CHARACTERS)
    write(Output.POLICY, written, 'The policy as it was written; what it leaves out is at its default');
  write(Output.SENDERS, sender.senders.join(' ') || NO_SENDERS, 'From addresses the send function may use');
};
